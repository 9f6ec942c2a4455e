from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import slugify

from portal.packs import storage
from programme.foundation.immutability import Immutable
from programme.foundation.models import Job

if TYPE_CHECKING:
    from programme.people.models import User


class Variant(models.TextChoices):
    BOARD = "board", "Board"
    OPEN = "open", "Open"


class Form(models.TextChoices):
    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Workbook"


class PackQuerySet(models.QuerySet["Pack"]):
    def visible_to(self, user: User) -> PackQuerySet:
        """The board's variant holds everything, so it is for those who read all exempt material.

        The sealed data, megabytes of it, is only fetched where it is asked for.
        """
        if not user.has_perm("portal.view_pack"):
            return self.none()
        rows = self.defer("sealed")
        return rows if user.standing.reads_all_exempt else rows.filter(variant=Variant.OPEN)


class Pack(Immutable):
    """A board pack: sealed data, from which every form is rendered. Nothing issued is ever edited.

    A correction is a new version under the same number that says what changed. ``job`` is the task that
    made it: one task makes one pack, however often it is tried.
    """

    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    variant = models.CharField(max_length=8, choices=Variant)
    as_at = models.DateField()
    title = models.CharField(max_length=200)
    correction = models.TextField("what this version corrects", blank=True, max_length=2000)
    sealed = models.TextField(help_text="The pack's data as canonical JSON.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the sealed data.")
    template = models.CharField(max_length=8, help_text="The version of the drawing that it was issued with.")
    job = models.OneToOneField(Job, null=True, related_name="pack", on_delete=models.PROTECT)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    issued = models.DateTimeField(db_default=Now(), editable=False)

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["-number", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="portal_pack_number_and_version"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""),
                name="portal_pack_correction_says_what",
                violation_error_message="A correction says what it corrects.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"Pack {self.number}, version {self.version}"

    def get_absolute_url(self) -> str:
        return f"/board/packs/{self.number}/{self.version}/"

    def file_name(self, form: str) -> str:
        """What the file is called when it is saved: transforming-east-herts-board-pack-2022-11-30-v1.pdf."""
        return f"{slugify(self.title)[:80] or 'pack'}-{self.as_at}-v{self.version}.{form}"


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def visible_to(self, user: User) -> RenditionQuerySet:
        return self.filter(pack__in=Pack.objects.visible_to(user))


class Rendition(Immutable):
    """The first rendering of a pack in one form, kept as a file named by its digest and served ever after."""

    pack = models.ForeignKey(Pack, related_name="renditions", on_delete=models.PROTECT)
    form = models.CharField(max_length=4, choices=Form)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["pack", "form"]
        constraints = [models.UniqueConstraint(fields=["pack", "form"], name="portal_one_rendition_a_form")]

    def __str__(self) -> str:
        return f"{self.pack}, {self.get_form_display()}"

    @property
    def file_name(self) -> str:
        """Where it lies below ``PACKS_ROOT``."""
        return storage.name_of(self.digest, self.form)


class PackOpeningQuerySet(models.QuerySet["PackOpening"]):
    def visible_to(self, user: User) -> PackOpeningQuerySet:
        """Who has read a pack is for those who issue them, and each person's own."""
        return self if user.has_perm("portal.issue_pack") else self.filter(person=user)


class PackOpening(models.Model):
    """Who opened a pack and when. A receipt: kept, but not governed."""

    pack = models.ForeignKey(Pack, related_name="openings", on_delete=models.PROTECT)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    form = models.CharField(max_length=4, choices=Form)
    opened = models.DateTimeField(db_default=Now(), editable=False)

    objects = PackOpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opened"]

    def __str__(self) -> str:
        return f"{self.pack} opened"
