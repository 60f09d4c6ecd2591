"""The names by which Slack's payloads find their way back: buttons, modals, fields, and typed words."""

from __future__ import annotations

from enum import StrEnum

COMMAND = "/reverse-mentor"

LARGEST_ID = 2**31 - 1
"""Ids are 32-bit integers in the database; a larger number in a payload names nothing."""

ANSWER_BLOCK = "answer-"
"""Begins the block ids of buttons in an answer to a typed message: nothing redraws it but a press of such a button."""


class Word(StrEnum):
    """What may follow the command; the command alone opens the profile.

    Behind a pair's number: `approve` (also several, or `all`), `decline` and `end` (with a reason), `undo`, `hold`,
    `release`, `rest` (until a date), `swap` (and a choice's number), `look-after`. Behind two people: `pair` (with a
    reason), `fix`, `forbid`, `allow`, `unfix`, `why-not`. Behind a message's id or `all`: `send-again`, `it-arrived`.
    Behind a call's number: `take-call`, `call-done`, `hand-back`. `checkin` takes an answer (`met`, `planned`,
    `not-yet`, `help`), `share` and `learn` skills separated by commas, `keep-apart`, `take-in` and `take-out` a word,
    `rules` a rule's name and what it shall be, `hr` `use` or `keep` and a number or `fields`, `invite` a channel,
    `rehearse` a number of weeks, `report` a cycle's number, `unmatched` a page's, `holidays` dates, `digest` a figure,
    `pause` a date, `keep` a pair's number; `leave` wants a `yes`, and `partner` `new`, `wait`, `rest`, `end` or `why`.
    `planned` takes a day and a time, behind a pair's number if there are several, `ask` a number of weeks, `away` a
    day, `meeting` a `begin` or a `file`.
    Behind a question's number: `say-yes`, `not-this-time` (with `again` or `skip`), `times` (with moments).
    """

    HELP = "help"
    STATUS = "status"
    SHARE = "share"
    LEARN = "learn"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"
    CHECKIN = "checkin"
    PENDING = "pending"
    REVIEW = "review"
    APPROVE = "approve"
    DECLINE = "decline"
    UNDO = "undo"
    HOLD = "hold"
    RELEASE = "release"
    END = "end"
    REST = "rest"
    MATCH = "match"
    INTRODUCE = "introduce"
    SETUP = "setup"
    SKILLS = "skills"
    KEEP_APART = "keep-apart"
    TAKE_IN = "take-in"
    TAKE_OUT = "take-out"
    SEND_AGAIN = "send-again"
    IT_ARRIVED = "it-arrived"
    LOOK_AFTER = "look-after"
    HR = "hr"
    CALLS = "calls"
    TAKE_CALL = "take-call"
    CALL_DONE = "call-done"
    HAND_BACK = "hand-back"
    UNMATCHED = "unmatched"
    WHY_NOT = "why-not"
    INVITE = "invite"
    REHEARSE = "rehearse"
    REPORT = "report"
    HOLIDAYS = "holidays"
    SWAP = "swap"
    PAIR = "pair"
    FIX = "fix"
    FORBID = "forbid"
    ALLOW = "allow"
    UNFIX = "unfix"
    WISHES = "wishes"
    RULES = "rules"
    READY = "ready"
    REMIND = "remind"
    SKIP = "skip"
    IN = "in"
    SAY_YES = "say-yes"
    NOT_THIS_TIME = "not-this-time"
    TIMES = "times"
    AGREE = "agree"
    MEETING = "meeting"
    GUIDES = "guides"
    PLANNED = "planned"
    ASK = "ask"
    AWAY = "away"
    DIGEST = "digest"
    PARTNER = "partner"
    KEEP = "keep"


ALIASES = frozenset({"join", "profile", "settings", "check-in"})
"""Words beside these that can be typed: each does what another word or the command alone does."""


class Action(StrEnum):
    """The action ids of buttons; they stay what they are, because old messages keep their buttons."""

    APPROVE = "approve"
    DECLINE = "decline"
    REVIEW = "review"
    REVIEW_APPROVE = "review_approve"
    REVIEW_DECLINE = "review_decline"
    REVIEW_PAGE_PREVIOUS = "review_page_previous"
    REVIEW_PAGE_NEXT = "review_page_next"
    REVIEW_SHOWS = "review_shows"
    REVIEW_SORTED_BY = "review_sorted_by"
    REVIEW_DEPARTMENT = "review_department"
    REVIEW_SKILL = "review_skill"
    REVIEW_PERSON = "review_person"
    REVIEW_EVERYBODY = "review_everybody"
    APPROVE_ALL = "approve_all"
    UNDO = "undo"
    HOLD = "hold"
    RELEASE = "release"
    CLOSE_PAIR = "close_pair"
    CHECKIN_MET = "checkin_met"
    CHECKIN_PLANNED = "checkin_planned"
    CHECKIN_NOT_YET = "checkin_not_yet"
    CHECKIN_HELP = "checkin_help"
    JOIN = "join"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"
    SETUP = "setup"
    MATCH = "match"
    INTRODUCE = "introduce"
    STATUS = "status"
    KEEP_APART = "keep_apart"
    TAKE_IN = "take_in"
    TAKE_OUT = "take_out"
    SEND_AGAIN = "send_again"
    IT_ARRIVED = "it_arrived"
    COME_BACK = "come_back"
    STAY_OUT = "stay_out"
    SEND_ALL_AGAIN = "send_all_again"
    ALL_ARRIVED = "all_arrived"
    LOOK_ONE_BY_ONE = "look_one_by_one"
    DOUBTS_PAGE_PREVIOUS = "doubts_page_previous"
    DOUBTS_PAGE_NEXT = "doubts_page_next"
    LOOK_AFTER = "look_after"
    HR_DIFFERENCES = "hr_differences"
    HR_USE = "hr_use"
    HR_KEEP = "hr_keep"
    SLACK_FIELDS = "slack_fields"
    TAKE_CALL = "take_call"
    CALL_DONE = "call_done"
    HAND_BACK = "hand_back"
    UNMATCHED = "unmatched"
    UNMATCHED_PAGE_PREVIOUS = "unmatched_page_previous"
    UNMATCHED_PAGE_NEXT = "unmatched_page_next"
    WHY_NOT = "why_not"
    INVITE = "invite"
    REMIND_INVITED = "remind_invited"
    REHEARSE = "rehearse"
    SWAP = "swap"
    SWAP_CHOOSE = "swap_choose"
    PAIR_FORM = "pair_form"
    WISH_BACK = "wish_back"
    RULES = "rules"
    RULES_SECTION = "rules_section"
    RULES_WHAT_IF = "rules_what_if"
    READY = "ready"
    REMIND = "remind"
    CYCLE_IN = "cycle_in"
    CYCLE_SKIP = "cycle_skip"
    ASK_YES = "ask_yes"
    ASK_NO = "ask_no"
    ASK_ANOTHER = "ask_another"
    ASK_SKIP = "ask_skip"
    ASK_BACK = "ask_back"
    ASK_TIMES = "ask_times"
    INTRODUCE_ANYWAY = "introduce_anyway"
    AGREE = "agree"
    MEETING = "meeting"
    CALENDAR_FILE = "calendar_file"
    GUIDES = "guides"
    PROFILE_DETAILS = "profile_details"
    EXPERIENCES_BACK = "experiences_back"
    PAUSE_UNTIL = "pause_until"
    PREPARE = "prepare"
    PREPARE_BACK = "prepare_back"
    PREPARE_NEXT = "prepare_next"
    PLAN_AT = "plan_at"
    PLAN_WHEN = "plan_when"
    PLAN_PAIR = "plan_pair"
    REFLECT_LEARNED = "reflect_learned"
    REFLECT_WENT_WELL = "reflect_went_well"
    REFLECT_SLOW = "reflect_slow"
    REFLECT_NOT_FOR_ME = "reflect_not_for_me"
    ASK_LESS = "ask_less"
    SEE = "see"
    SEE_PREVIOUS = "see_previous"
    SEE_NEXT = "see_next"
    PARTNER_WAIT = "partner_wait"
    PARTNER_NEW = "partner_new"
    PARTNER_REST = "partner_rest"
    END_PAIR = "end_pair"
    PAIR_MORE = "pair_more"
    WHY_ENDED = "why_ended"
    KEEP_PAIR = "keep_pair"


class Callback(StrEnum):
    """The callback ids of modals."""

    PROFILE = "profile"
    SETUP = "setup"
    DECLINE = "decline"
    CLOSE_PAIR = "close_pair"
    REVIEW = "review"
    DOUBTS = "doubts"
    UNMATCHED = "unmatched"
    WHY_NOT = "why_not"
    INVITE = "invite"
    INVITE_PREVIEW = "invite_preview"
    REHEARSAL = "rehearsal"
    PAIR = "pair"
    RULES = "rules"
    SWAP = "swap"
    ASK_TIMES = "ask_times"
    GUIDES = "guides"
    PREPARATION = "preparation"
    PLAN = "plan"
    LESS = "less"
    SEEN = "seen"
    WHY_ENDED = "why_ended"
    SLACK_FIELDS = "slack_fields"


class ProfileField(StrEnum):
    """The profile form's fields, named as in `ProfileDraft`; each names its block and its element alike."""

    ROLE = "role"
    SHARES = "shares"
    WANTS = "wants"
    LEVEL = "level"
    DEPARTMENT = "department"
    LANGUAGES = "languages"
    STARTS = "starts"
    ENDS = "ends"
    MANAGER_ID = "manager_id"
    AVOID = "avoid"
    MENTOR_CAPACITY = "mentor_capacity"
    MENTEE_CAPACITY = "mentee_capacity"
    WORKING_DAYS = "working_days"
    OPENS = "opens"
    ASKS = "asks"


class SetupField(StrEnum):
    """The settings form's fields, named as in `ProgramDraft`; `rules` offers the `RuleOption`s.

    Forms of older versions have `CYCLE_WEEKS` in the place of meetings and rhythm.
    """

    NAME = "name"
    LEADS = "leads"
    LEADS_CHANNEL = "leads_channel"
    TIME_ZONE = "time_zone"
    CYCLE_WEEKS = "cycle_weeks"
    MEETINGS = "meetings"
    RHYTHM = "rhythm"
    FIRST_START = "first_start"
    INTRO_WEEKDAY = "intro_weekday"
    INTRO_TIME = "intro_time"
    CHECKIN_WEEKDAY = "checkin_weekday"
    CHECKIN_TIME = "checkin_time"
    PROPOSAL_DAYS = "proposal_days"
    WORKING_DAYS = "working_days"
    MIN_GAP = "min_gap"
    RULES = "rules"


class RuleOption(StrEnum):
    """The checkboxes under `SetupField.RULES`, named as in `ProgramDraft`: checked means true."""

    OTHER_DEPARTMENT_ONLY = "other_department_only"
    GUESTS_ALLOWED = "guests_allowed"


class WhyNotField(StrEnum):
    """The two people whom the question is about."""

    ONE = "one"
    OTHER = "other"


class InviteField(StrEnum):
    """The invitation form's fields."""

    CHANNEL = "channel"
    WORDS = "words"


class GuideField(StrEnum):
    """The fields of the form for a guide's words."""

    TOPIC = "topic"
    PART = "part"
    WORDS = "words"


class RuleField(StrEnum):
    """The fields of rules and weights, named as in `RuleSheet`; `switches` offers those that are on or off."""

    LADDER = "ladder"
    MIN_GAP = "min_gap"
    MAX_GAP = "max_gap"
    SWITCHES = "switches"
    MIN_OVERLAP = "min_overlap"
    REPEAT_CYCLES = "repeat_cycles"
    SKILL_FIT = "skill_fit"
    GAP = "gap"
    IDEAL_GAP = "ideal_gap"
    HOURS_OVERLAP = "hours_overlap"
    OTHER_DEPARTMENT = "other_department"
    WAITING_FIRST = "waiting_first"
    APPROVE_ABOVE = "approve_above"
    APPROVE_AFTER_DAYS = "approve_after_days"
    SPONSOR = "sponsor"
    JUNIOR_CHAMPION = "junior_champion"
    PREPARATION_REQUIRED = "preparation_required"
    EXPERIENCES = "experiences"
    ASK_FIRST = "ask_first"


class SlotField(StrEnum):
    """The form's fields for times of a first talk."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class DeclineField(StrEnum):
    """The decline form's only field."""

    REASON = "reason"


class CloseField(StrEnum):
    """The fields of the form that ends a pair or lets it rest."""

    WHAT = "what"
    UNTIL = "until"
    REASON = "reason"


class Closing(StrEnum):
    """What that form offers."""

    END = "end"
    REST = "rest"


class PartingField(StrEnum):
    """The fields of the form for why somebody ended their pair."""

    REASON = "reason"
    ALLOW = "allow"


class PairField(StrEnum):
    """The fields of the form for two people; `wish` offers the `PairWish`es."""

    ONE = "one"
    OTHER = "other"
    WISH = "wish"
    REASON = "reason"


class PairWish(StrEnum):
    """What may be asked for two people."""

    NOW = "now"
    FIX = "fix"
    FORBID = "forbid"
    NEVER = "never"


def row_id(text: str) -> int:
    """A database id written as a plain number; 0, which nothing has, for anything else."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10):
        return 0
    number = int(digits)
    return number if number <= LARGEST_ID else 0
