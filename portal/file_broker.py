"""The embedded broker: kombu's folder of messages, with a message put in place whole.

Kombu opens a message under its final name and then writes it; a worker that looks in between reads half a
message and stops. Here it is written beside its name and renamed, and the folder is made when missing.
"""

import os
import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        try:
            Path(self.data_folder_out).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ChannelError(f"The queue folder cannot be made: {error}") from error

    def _put(self, queue: Any, payload: Any, **_: Any) -> None:
        # The age first: workers read the folder in the order of the names.
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        place = Path(self.data_folder_out, name)
        unfinished = place.with_name(f"{name}.part")
        try:
            unfinished.write_text(dumps(payload), encoding="utf-8")
            os.replace(unfinished, place)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise ChannelError(f"The message cannot be put in the queue folder: {error}") from error


class Transport(filesystem.Transport):
    Channel = Channel
