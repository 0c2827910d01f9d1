"""Settings for what makes an entry, how long entries are kept, and how the window looks."""

from __future__ import annotations

from datetime import timedelta

from faceapp.config import Settings
from faceapp.errors import FaceAppError
from faceapp.types import EntryFilter, EntryPolicy
from faceapp.ui import times
from faceapp.ui.desk import Desk
from faceapp.ui.dialogs.confirm import PurgeDialog
from faceapp.ui.pages.settings.rows import LIMITS, choice, show_choice, show_number, spin
from faceapp.ui.pages.settings.section import Section
from faceapp.ui.widgets import label
from faceapp.ui.words import settings as words


class RulesSection(Section):
    """Cool-down and policy."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        low, high = LIMITS["cooldown_s"]
        self.cooldown = spin((low, high // 60), words.COOLDOWN_UNIT())
        self.cooldown.setSpecialValueText(words.COOLDOWN_OFF())
        self.cooldown.valueChanged.connect(self._take_cooldown)
        policies = {policy.value: text for policy, text in words.POLICY_CHOICE.items()}
        self.policy_box = choice(policies, self._take_policy)
        ours = Settings()
        cooldown = words.MINUTES(ours.cooldown_s // 60)
        policy = words.POLICY_CHOICE[EntryPolicy(ours.policy)]()
        self.add(words.COOLDOWN, words.COOLDOWN_WHY, self.cooldown, cooldown)
        self.add(words.POLICY, words.POLICY_WHY, self.policy_box, policy)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set; seconds in a hand-edited file are rounded up to minutes."""
        show_number(self.cooldown, -(-settings.cooldown_s // 60))
        show_choice(self.policy_box, settings.policy)

    def _take_cooldown(self, minutes: int) -> None:
        said = words.MINUTES(minutes) if minutes else words.COOLDOWN_OFF()
        self.set("cooldown_s", minutes * 60, f"{words.COOLDOWN()}: {said}")

    def _take_policy(self, policy: str) -> None:
        self.set("policy", policy, words.POLICY_CHOICE[EntryPolicy(policy)]())


class PrivacySection(Section):
    """How long entries are kept. Shortening this deletes entries for good, so it asks first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        # Numbers the questions: only the last entered number is asked about.
        self._turn = 0
        self._counting = 0
        self.retention = spin(LIMITS["retention_days"], words.RETENTION_UNIT(0))
        self.retention.setSpecialValueText(words.RETENTION_EVER())
        self.retention.valueChanged.connect(self._name_unit)
        self.retention.valueChanged.connect(self._ask)
        never = label(words.PICTURES_NEVER())
        self.add(words.RETENTION, words.RETENTION_WHY, self.retention, words.RETENTION_EVER())
        self.add(words.PICTURES, words.PICTURES_WHY, never)

    @property
    def counting(self) -> bool:
        """Whether the entries that a new number would delete are still being counted."""
        return self._counting > 0

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        show_number(self.retention, settings.retention_days)
        self._name_unit(settings.retention_days)

    def _name_unit(self, days: int) -> None:
        unit = words.RETENTION_UNIT(days)
        if unit != self.retention.suffix():  # setting the same one would disturb typing
            self.retention.setSuffix(unit)

    def _ask(self, days: int) -> None:
        """Count what would be deleted before anything is changed."""
        self._turn += 1
        if not days:
            self._keep(days)
            return
        desk, turn = self.desk, self._turn
        today = times.local(desk.clock.now()).date()
        last = today - timedelta(days=days + 1)
        wanted = EntryFilter(to_date=last)
        self._counting += 1
        desk.ops.run(
            lambda service: service.count_entries(wanted),
            done=lambda lost: self._confirm(turn, days, lost),
            failed=self._fail,
            ended=self._end_counting,
            label="count expired entries",
        )

    def _end_counting(self) -> None:
        self._counting -= 1

    def _fail(self, error: FaceAppError) -> None:
        self.desk.notices.error(error)
        self.show_settings(self.desk.settings.value)

    def _confirm(self, turn: int, days: int, lost: int) -> None:
        if turn != self._turn:
            return
        if lost and not PurgeDialog(self, days, lost).confirmed():
            self.show_settings(self.desk.settings.value)
            return
        # Undoing the number would not bring deleted entries back.
        self._keep(days, undo=not lost)
        if lost:
            # Runs after the settings, which the same thread received just before.
            self.desk.ops.run(lambda service: service.purge_expired(confirmed=True), label="purge")

    def _keep(self, days: int, *, undo: bool = True) -> None:
        said = words.DAYS(days) if days else words.RETENTION_EVER()
        self.set("retention_days", days, f"{words.RETENTION()}: {said}", undo=undo)


class LookSection(Section):
    """Colours and language."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.theme_box = choice(words.THEME_CHOICE, self._take_theme)
        self.language_box = choice(words.LANGUAGE_CHOICE, self._take_language)
        theme = words.THEME_CHOICE[Settings().theme]()
        language = words.LANGUAGE_CHOICE[Settings().language]()
        self.add(words.THEME, words.THEME_WHY, self.theme_box, theme)
        self.add(words.LANGUAGE, words.LANGUAGE_WHY, self.language_box, language)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        show_choice(self.theme_box, settings.theme)
        show_choice(self.language_box, settings.language)

    def _take_theme(self, theme: str) -> None:
        self.set("theme", theme, f"{words.THEME()}: {words.THEME_CHOICE[theme]()}")

    def _take_language(self, language: str) -> None:
        chosen = words.LANGUAGE_CHOICE[language]()
        self.set("language", language, f"{words.LANGUAGE()}: {chosen}")
