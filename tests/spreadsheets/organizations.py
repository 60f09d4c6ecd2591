"""Small made-up organizations, one for each language, and what a reader has to make of each. Nobody here exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mentoring.matching import Participant

FIELDS = "id name role level department manager_id time_zone hours languages shares wants".split()


@dataclass(frozen=True)
class Member:
    """One row of an organization, each field as its people write it."""

    id: str
    first: str
    last: str
    role: str
    level: int
    department: str
    manager_id: str
    shares: tuple[str, ...]
    wants: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Organization:
    """A language's people, headings and time zone."""

    language: str
    zone: str
    headings: Mapping[str, str]
    members: tuple[Member, ...]

    def cells(self, member: Member, lists: str = ";") -> dict[str, str]:
        """Return a member's cells by field, with this between the entries of lists."""
        return {
            "id": member.id,
            "first": member.first,
            "last": member.last,
            "name": member.name,
            "role": member.role,
            "level": str(member.level),
            "department": member.department,
            "manager_id": member.manager_id,
            "time_zone": self.zone,
            "hours": "09:00-17:30",
            "languages": f"English{lists}German",
            "shares": lists.join(member.shares),
            "wants": lists.join(member.wants),
        }

    def rows(
        self, fields: list[str], headings: Mapping[str, str] | None = None, lists: str = ";"
    ) -> list[list[str]]:
        """Return the headings and the members, with these fields."""
        named = {**dict(zip(FIELDS, FIELDS, strict=True)), **self.headings, **(headings or {})}
        return [
            [named[field] for field in fields],
            *([self.cells(member, lists)[field] for field in fields] for member in self.members),
        ]

    def people(self, fields: list[str]) -> tuple[Participant, ...]:
        """Return who has to come out of a file with these fields."""
        return tuple(self._person(member, set(fields)) for member in self.members)

    def names(self, fields: list[str]) -> dict[str, str]:
        """Return what people have to be called."""
        named = "name" in fields or "first" in fields
        return {member.id: member.name if named else member.id for member in self.members}

    def _person(self, member: Member, fields: set[str]) -> Participant:
        whole = Participant(
            id=member.id,
            mentor=member.role in {"mentor", "both"},
            mentee=member.role in {"mentee", "both"},
            level=member.level,
            department=member.department,
            time_zone=self.zone,
            hours=(540, 1050),
            languages=frozenset({"en", "de"}),
            shares=member.shares,
            wants=member.wants,
            manager_id=member.manager_id or None,
        )
        plain = Participant(whole.id, bool(whole.shares), bool(whole.wants), whole.level)
        kept: dict[str, Any] = {"shares": whole.shares, "wants": whole.wants}
        kept |= {
            field: getattr(whole, field) for field in FIELDS if field in fields and hasattr(plain, field)
        }
        if "role" in fields:
            kept |= {"mentor": whole.mentor, "mentee": whole.mentee}
        return replace(plain, **kept)


_CHAIN = (
    ("00101", "mentee", 7, ""),
    ("00102", "mentee", 6, "00101"),
    ("00103", "both", 4, "00101"),
    ("00104", "mentor", 2, "00102"),
    ("00105", "mentor", 1, "00103"),
    ("00106", "mentor", 1, "00103"),
)


def _organization(
    language: str, zone: str, headings: str, names: str, departments: str, skills: str
) -> Organization:
    """Build an organization from texts with semicolons: six names, three departments, six skills."""
    own = [name.split(" ", 1) for name in names.split("; ")]
    groups, known = departments.split("; "), skills.split("; ")
    members = tuple(
        Member(
            id=person_id,
            first=own[place][0],
            last=own[place][1],
            role=role,
            level=level,
            department=groups[place % 3],
            manager_id=manager,
            shares=(known[place], known[(place + 1) % 6]) if role != "mentee" else (),
            wants=(known[3 + place], known[(5 + place) % 6]) if role != "mentor" else (),
        )
        for place, (person_id, role, level, manager) in enumerate(_CHAIN)
    )
    fields = (
        "id first last name role level department manager_id time_zone hours languages shares wants".split()
    )
    return Organization(language, zone, dict(zip(fields, headings.split("; "), strict=True)), members)


ENGLISH = _organization(
    "English",
    "America/New_York",
    "Employee ID; First Name; Last Name; Name; Role; Job Level; Department; Manager ID; Time Zone; Working Hours; "
    "Languages; Skills to share; Skills to learn",
    "Renée Sample; Zoë Placeholder; Chloé Nobody; Ada Example; Ben Fiction; André Invented",
    "Sales; Engineering; People Operations",
    "SQL; Photography; Prompt writing; Short videos; Data visualization; Public speaking",
)
GERMAN = _organization(
    "German",
    "Europe/Berlin",
    "Personalnummer; Vorname; Nachname; Vollständiger Name; Rolle; Stufe; Abteilung; Personalnummer Vorgesetzter; "
    "Zeitzone; Arbeitszeit; Sprachen; Kann weitergeben; Möchte lernen",
    "Jürgen Beispiel; Käthe Muster; Björn Niemand; Rüdiger Größer; Sören Erfunden; Änne Platzhalter",
    "Vertrieb; Rechnungsprüfung; Öffentlichkeitsarbeit",
    "Präsentieren; Fotografie; Künstliche Intelligenz; Gesprächsführung; Übersetzen; Tabellen",
)
FRENCH = _organization(
    "French",
    "Europe/Paris",
    "Matricule; Prénom; Nom; Nom complet; Rôle; Niveau; Département; Matricule du manager; Fuseau horaire; "
    "Horaires de travail; Langues; Compétences à partager; Souhaite apprendre",
    "Hélène Exemple; François Personne; Agnès Inventée; Benoît Fictif; Zoé Modèle; Jérôme Lépreuve",
    "Comptabilité; Développement; Marketing",
    "Créativité numérique; Réseaux sociaux; Rédaction; Négociation; Sécurité; Présentation",
)
SPANISH = _organization(
    "Spanish",
    "Europe/Madrid",
    "Número de empleado; Nombre; Apellidos; Nombre completo; Rol; Nivel; Departamento; ID del supervisor; "
    "Zona horaria; Horario; Idiomas; Habilidades para compartir; Quiere aprender",
    "Íñigo Ejemplo; Begoña Muñoz Inventada; José Nadie; Ángela Ficción; Raúl Peñasco; Lucía Diseño",
    "Diseño; Atención al público; Administración",
    "Fotografía; Negociación; Programación; Inglés técnico; Análisis; Comunicación",
)
POLISH = _organization(
    "Polish",
    "Europe/Warsaw",
    "Numer pracownika; Imię; Nazwisko; Imię i nazwisko; Rola; Poziom; Dział; ID przełożonego; Strefa czasowa; "
    "Godziny pracy; Języki; Umiejętności; Chce się uczyć",
    "Łukasz Przykładowy; Małgorzata Zmyślona; Paweł Nikt; Grażyna Wymyślona; Józef Świeżak; Bożena Żadna",
    "Sprzedaż; Księgowość; Zarządzanie",
    "Tłumaczenie; Negocjacje; Programowanie; Bezpieczeństwo; Języki obce; Zarządzanie projektem",
)
PORTUGUESE = _organization(
    "Portuguese",
    "America/Sao_Paulo",
    "Matrícula; Nome; Sobrenome; Nome completo; Papel; Nível; Departamento; Matrícula do gestor; Fuso horário; "
    "Horário de trabalho; Idiomas; Pode ensinar; Quer aprender",
    "João Exemplo; Conceição Ninguém; Antônio Fictício; Inês Invenção; Luís Simulação; Márcia Criação",
    "Vendas; Programação; Gestão",
    "Edição de vídeo; Negociação; Programação; Gestão de projetos; Comunicação; Inglês",
)
ITALIAN = _organization(
    "Italian",
    "Europe/Rome",
    "Matricola; Nome; Cognome; Nome e cognome; Ruolo; Livello; Dipartimento; Matricola responsabile; Fuso orario; "
    "Orario di lavoro; Lingue; Può insegnare; Vuole imparare",
    "Nicolò Esempio; Chiara Inventata; Matteo Nessuno; Niccolò Finzione; Giulia Prova; Mosè Modello",
    "Vendite; Qualità; Contabilità",
    "Fotografia; Negoziazione; Creatività; Sostenibilità; Pubblicità; Inglese",
)
RUSSIAN = _organization(
    "Russian",
    "Europe/Moscow",
    "Табельный номер; Имя; Фамилия; ФИО; Role; Уровень; Отдел; Manager ID; Часовой пояс; Рабочее время; Языки; "
    "Может научить; Хочет научиться",
    "Алёна Примерова; Пётр Выдумкин; Юлия Никакова; Олег Образцов; Ксения Небывалова; Фёдор Вымыслов",
    "Продажи; Разработка; Бухгалтерия",
    "Фотография; Переговоры; Программирование; Презентации; Анализ данных; Английский язык",
)
JAPANESE = _organization(
    "Japanese",
    "Asia/Tokyo",
    "社員番号; 名; 姓; 氏名; role; レベル; 部署; 上司社員番号; タイムゾーン; "
    "勤務時間; 言語; 教えられること; 学びたいこと",
    "架空 太郎; 見本 花子; 仮名 健一; 例示 美咲; 空想 大輔; 想像 由美",
    "営業部; 開発部; 総務部",
    "写真; 動画編集; プログラミング; 英語; データ分析; プレゼンテーション",
)
CHINESE = _organization(
    "Chinese",
    "Asia/Shanghai",
    "工号; 名; 姓; 姓名; role; 级别; 部门; 上级工号; 时区; 工作时间; 语言; 可以分享; 想学",
    "李 雷雷; 韩 梅梅; 王 小明; 张 某某; 陈 无名; 赵 虚构",
    "销售部; 研发部; 人力资源",
    "摄影; 视频剪辑; 编程; 英语; 数据分析; 演讲",
)
KOREAN = _organization(
    "Korean",
    "Asia/Seoul",
    "사번; 이름 ; 성; 성명; role; 직급; 부서; Manager ID; 시간대; 근무시간; 언어; 공유; 배우고 싶은 것",
    "김 가상; 이 예시; 박 무명; 최 견본; 정 상상; 한 허구",
    "영업팀; 개발팀; 인사팀",
    "사진; 영상 편집; 프로그래밍; 영어; 데이터 분석; 발표",
)
