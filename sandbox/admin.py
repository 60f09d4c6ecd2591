"""Admin: what happens to a workspace from outside - people come and go, channels change, apps are removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sandbox import conversations as ops
from sandbox import events, ids
from sandbox.backend import Backend
from sandbox.people import Person, Stage
from sandbox.shown import Channel, Message
from sandbox.workspace import Enterprise, Sharing, User, handle_of


class Admin:
    """The hands of the workspace's admins; a part of Sandbox."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self._ws = backend.ws
        self._stage = Stage(backend)
        self._people: dict[str, Person] = {}

    def grant(self, *scopes: str) -> None:
        """Give the bot token more scopes."""
        with self._ws.lock:
            self._ws.app.scopes.update(scopes)

    def revoke_scopes(self, *scopes: str) -> None:
        """Take scopes from the bot token."""
        with self._ws.lock:
            self._ws.app.scopes.difference_update(scopes)

    def uninstall_app(self) -> None:
        """Remove the app: its token answers ``account_inactive``, and the two farewell events are sent."""
        with self._ws.lock:
            app = self._ws.app
            app.installed = False
            app.dead_tokens[app.bot_token] = "account_inactive"
            self._ws.record.happened("an admin", "removed the app")
            events.uninstalled(self._ws)
            self._ws.touch()

    def revoke_token(self) -> None:
        """Make the bot token answer ``token_revoked``."""
        with self._ws.lock:
            self._ws.app.dead_tokens[self._ws.app.bot_token] = "token_revoked"

    def reinstall_app(self) -> None:
        """Install the app again, with a new bot token."""
        with self._ws.lock:
            app = self._ws.app
            app.bot_token, app.installed = ids.bot_token(), True
            app.scopes.update(app.config.scopes)
            self._ws.record.happened("an admin", "installed the app again")
            self._ws.touch()

    # People and places

    def add_person(
        self,
        name: str,
        *,
        tz: str = "UTC",
        admin: bool = False,
        owner: bool = False,
        guest: bool = False,
        email: str | None = None,
        title: str = "",
        announce: bool = True,
        home: str = "",
        org_admin: bool = False,
        **profile: Any,
    ) -> Person:
        """Add a member and send ``team_join`` (unless ``announce`` is off).

        In an organization ``home`` may name another of its workspaces, and ``org_admin`` makes them its admin.
        """
        with self._ws.lock:
            ws = self._ws
            user = User(
                ws.ids.next("U"), self._free_handle(name), name, tz, email, title, admin, owner, guest
            )
            user.profile.update(profile)
            user.home, user.org_admin = home, org_admin
            if ws.enterprise is not None:
                user.teams = (ws.team_id, *([home] if home else []))
            ws.add_user(user)
            if announce:
                events.team_join(ws, user)
            ws.touch()
        return self.person(user.id)

    def join_enterprise(self, name: str = "Sandbox Group") -> None:
        """Make the workspace part of an organization (Enterprise Grid), with everybody who is in it."""
        with self._ws.lock:
            ws = self._ws
            ws.enterprise = Enterprise(ws.ids.next("E"), name, handle_of(name))
            for user in ws.users.values():
                if user.stranger is None and not user.is_bot:
                    user.teams = (ws.team_id,)
            ws.touch()

    def other_workspace(self) -> str:
        """Return the id of another workspace, to be somebody's home: of the organization, or of another company."""
        with self._ws.lock:
            return self._ws.ids.next("T")

    def add_stranger(self, name: str, home: str = "", *, shares_channel: bool = True) -> Person:
        """Add somebody of another company, whom Slack Connect lets into a shared channel."""
        person = self.add_person(name, announce=False, home=home or self.other_workspace())
        with self._ws.lock:
            person.user.teams, person.user.stranger = (), not shares_channel
        return person

    def _free_handle(self, name: str) -> str:
        wanted = handle_of(name)
        number = self._ws.ids.next_number(f"handle {wanted}")
        return wanted if number == 1 else f"{wanted}{number}"

    def add_bot(self, name: str) -> str:
        """Add another app's bot user and return its id; DMs to it are ``cannot_dm_bot``."""
        with self._ws.lock:
            user = User(self._ws.ids.next("U"), self._free_handle(name), name, is_bot=True)
            return self._ws.add_user(user).id

    def person(self, user_id: str) -> Person:
        """Return the member with that id."""
        return self._people.setdefault(user_id, Person(self._stage, self._ws.users[user_id].id))

    def people(self) -> list[Person]:
        """Return every human member, deactivated ones included."""
        return [self.person(u.id) for u in self._ws.users.values() if not u.is_bot]

    def add_channel(
        self, name: str, members: Iterable[Person] = (), *, private: bool = False, bot: bool = False
    ) -> Channel:
        """Create a channel with these people, and the bot if asked."""
        with self._ws.lock:
            users = [p.id for p in members] + ([self._ws.bot] if bot else [])
            creator = users[0] if users else self._ws.bot
            kind: Literal["private", "public"] = "private" if private else "public"
            conversation = self._ws.add_conversation(kind, name, creator, users)
            self._ws.touch()
            return self.channel(conversation.id)

    def add_group_dm(self, members: Iterable[Person]) -> Channel:
        """Create a group DM among people; the bot is not in it and cannot see it."""
        with self._ws.lock:
            users = [p.id for p in members]
            name = "mpdm-" + "--".join(self._ws.users[u].handle for u in users) + "-1"
            return self.channel(self._ws.add_conversation("mpim", name, users[0], users).id)

    def dm_between(self, first: Person, second: Person) -> Channel:
        """Return the DM of two people, opened if needed; the bot is not in it and cannot see it."""
        with self._ws.lock:
            return self.channel(ops.among(self._ws, [first.id, second.id]).id)

    def channel(self, channel_id: str) -> Channel:
        """Return the conversation with that id."""
        return Channel(self._ws.conversations[channel_id].id, self._ws)

    def deactivate(self, person: Person) -> None:
        """Deactivate a member; sends ``user_change``."""
        self._activation(person, deleted=True)

    def reactivate(self, person: Person) -> None:
        """Activate a member again; sends ``user_change``."""
        self._activation(person, deleted=False)

    def _activation(self, person: Person, *, deleted: bool) -> None:
        with self._ws.lock:
            person.user.deleted = deleted
            self._ws.record.happened(person.name, "was deactivated" if deleted else "was reactivated")
            self._changed(person.user)

    def update_person(self, person: Person, **changes: Any) -> None:
        """Change attributes (tz, real_name, admin, owner, guest, email, title, locale, home, teams) or profile fields.

        Sends ``user_change``, except when only custom profile fields change (slack-api-ref, user_change).
        """
        with self._ws.lock:
            own = {k: v for k, v in changes.items() if k != "profile" and k in User.__slots__}
            for key, value in own.items():
                setattr(person.user, key, value)
            person.user.profile.update({k: v for k, v in changes.items() if k not in own})
            if set(changes) != {"fields"}:
                self._changed(person.user)

    def add_profile_field(
        self, label: str, kind: str = "text", *, options: Sequence[str] = (), hidden: bool = False
    ) -> str:
        """Add a custom field to everybody's profile, and give its id; ``kind`` is Slack's ``type``, like ``user``.

        Somebody's value is set with ``update_person(person, fields={id: {"value": "L5", "alt": ""}})``.
        """
        with self._ws.lock:
            ws = self._ws
            field = {
                "id": ws.ids.next("Xf"),
                "ordering": len(ws.profile_fields),
                "label": label,
                "hint": "",
                "type": kind,
                "possible_values": list(options) or None,
                "options": {"is_scim": False, "is_protected": False},
                "is_hidden": hidden,
            }
            ws.profile_fields.append(field)
        return str(field["id"])

    def _changed(self, user: User) -> None:
        user.updated = self._ws.clock.epoch()
        events.user_change(self._ws, user)
        self._ws.touch()

    def join(self, channel: Channel, person: Person) -> None:
        """Let a person join a channel."""
        with self._ws.lock:
            ops.join(self._ws, self._ws.conversations[channel.id], person.id)

    def leave(self, channel: Channel, person: Person) -> None:
        """Let a person leave a channel."""
        with self._ws.lock:
            ops.leave(self._ws, self._ws.conversations[channel.id], person.id)

    def invite_bot(self, channel: Channel) -> None:
        """Invite the bot into a channel."""
        with self._ws.lock:
            ops.join(self._ws, self._ws.conversations[channel.id], self._ws.bot)

    def kick_bot(self, channel: Channel) -> None:
        """Remove the bot from a channel."""
        with self._ws.lock:
            ops.leave(self._ws, self._ws.conversations[channel.id], self._ws.bot)

    def archive(self, channel: Channel) -> None:
        """Archive a channel."""
        self._archived(channel, True)

    def unarchive(self, channel: Channel) -> None:
        """Unarchive a channel."""
        self._archived(channel, False)

    def _archived(self, channel: Channel, archived: bool) -> None:
        with self._ws.lock:
            conversation = self._ws.conversations[channel.id]
            ops.set_archived(self._ws, conversation, archived, conversation.creator)

    def convert(self, channel: Channel, *, private: bool) -> None:
        """Make a channel private or public; Slack sends no event for that."""
        with self._ws.lock:
            ops.convert(self._ws, self._ws.conversations[channel.id], private)

    def share(self, channel: Channel, sharing: Sharing = "ext") -> None:
        """Share a channel with another company, ask one to (``pending``), or share it in the organization (``org``).

        Sends ``channel_shared`` once another company is in.
        """
        with self._ws.lock:
            ops.share(self._ws, self._ws.conversations[channel.id], sharing)

    def unshare(self, channel: Channel) -> None:
        """End the sharing of a channel; sends ``channel_unshared`` if another company was in."""
        with self._ws.lock:
            ops.share(self._ws, self._ws.conversations[channel.id], "")

    def rename(self, channel: Channel, name: str) -> None:
        """Rename a channel."""
        with self._ws.lock:
            conversation = self._ws.conversations[channel.id]
            ops.rename(self._ws, conversation, name, conversation.creator)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel."""
        with self._ws.lock:
            conversation = self._ws.conversations[channel.id]
            ops.delete(self._ws, conversation, conversation.creator)

    def delete_message(self, message: Message) -> None:
        """Delete a message as an admin or a retention rule would."""
        with self._ws.lock:
            self._ws.conversations[message.channel].posts.pop(message.ts, None)
            self._ws.touch()
