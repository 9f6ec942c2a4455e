"""Draws an issued pack again from its sealed data; see docs/packs.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.models import Pack
from portal.packs import comparing, rendering
from portal.packs.texts import InvalidPack


class Command(BaseCommand):
    help = "Draws an issued pack again from its sealed data, and compares it with what is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("version", type=int)
        parser.add_argument("--check", action="store_true", help="Compare with the kept files; the default.")
        parser.add_argument("--to", type=Path, help="Write the forms, drawn again, into this folder instead.")

    def handle(self, *, number: int, version: int, to: Path | None, **_: object) -> None:
        pack = Pack.objects.filter(number=number, version=version).first()
        if pack is None:
            raise CommandError(f"There is no pack {number}, version {version}.")
        try:
            if to:
                self._write(pack, to)
            else:
                self._compare(pack)
        except (InvalidPack, rendering.NotDrawn, OSError) as broken:
            raise CommandError(f"{pack}: {broken}") from broken

    def _write(self, pack: Pack, folder: Path) -> None:
        for form, drawing in rendering.FORMS.items():
            file = folder / pack.file_name(form)
            file.write_bytes(drawing.draw(pack.sealed.encode()))
            self.stdout.write(str(file))

    def _compare(self, pack: Pack) -> None:
        found = list(comparing.outcomes(pack))
        for one in found:
            self.stdout.write(one.words)
        if not all(one.same for one in found):
            raise CommandError(f"{pack} is drawn differently now.")
        self.stdout.write(f"{pack} is the same, byte for byte.")
