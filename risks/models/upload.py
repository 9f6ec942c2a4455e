from __future__ import annotations

import datetime
import io
import secrets
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property

from programme.foundation.cells import clean_text
from programme.foundation.sheet_files import SheetFile
from programme.people.models import User

KEPT = datetime.timedelta(days=1)


class RegisterUploadQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own: it holds what only its sender may know."""
        return self.filter(owner_id=user.pk)

    def keep(self, file: Any, *, by: User) -> RegisterUpload:
        """Keeps what was sent, as a file that nobody else reads, until it is applied or a day has passed."""
        name = " ".join(clean_text(file.name).split())[-200:]
        upload = RegisterUpload(owner=by, name=name, token=secrets.token_hex(16))
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with upload.path.open("wb") as kept:
            upload.path.chmod(0o600)
            for piece in file.chunks():
                kept.write(piece)
        upload.save(force_insert=True)
        return upload

    def forget_old(self) -> int:
        """Removes what was sent more than a day ago, and files that no row knows; how many rows."""
        old = list(self.filter(created__lt=Now() - KEPT))
        for one in old:
            one.forget()
        known = set(self.values_list("token", flat=True))
        for path in folder().glob("*"):
            if path.name not in known:
                path.unlink(missing_ok=True)
        return len(old)


class RegisterUpload(models.Model):
    """A register that somebody sent, while they look at what it changes. Not governed: it changes nothing.

    ``layout`` says where the sheet holds what; ``outcome`` what it would change, as it was last compared.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="register_uploads", on_delete=models.PROTECT
    )
    name = models.CharField(max_length=200)
    token = models.CharField(max_length=32, unique=True)
    layout = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = RegisterUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = "register that was sent"
        verbose_name_plural = "registers that were sent"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/risks/workbook/{self.pk}/"

    @property
    def path(self) -> Path:
        return folder() / self.token

    @cached_property
    def file(self) -> SheetFile:
        """Raises ``Unreadable``, and ``FileNotFoundError`` once it was applied or removed."""
        return SheetFile(io.BytesIO(self.path.read_bytes()))  # at most 20 MB: the form refuses more

    def settle(self, **values: Any) -> None:
        """Writes down its layout or its outcome."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=sorted(values))

    def forget(self) -> None:
        """Removes it with its file."""
        self.path.unlink(missing_ok=True)
        self.delete()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "registers"
