"""What a news page is made of. There is no block for HTML, and none that fetches from other sites."""

from __future__ import annotations

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from .addresses import refuse_foreign_address

FEATURES = ["bold", "italic", "ul", "ol", "link", "document-link"]


class PictureBlock(StructBlock):
    """A picture, which always says in words what it shows."""

    image = ImageChooserBlock()
    words = CharBlock(
        max_length=250,
        label="What the picture shows",
        help_text="For people who cannot see it. Say what matters for the news, in a sentence.",
    )
    caption = CharBlock(max_length=250, required=False)

    class Meta:
        icon = "image"
        template = "cms/blocks/picture.html"


class RecordLinkBlock(StructBlock):
    """Points at a record by its address. Whoever may not see the record gets "not found" there, as ever."""

    words = CharBlock(max_length=120, help_text="What readers find there, such as “The project’s page”.")
    address = CharBlock(
        max_length=200,
        validators=[refuse_foreign_address],
        help_text="The part after the portal’s name, such as /projects/DIG-01/.",
    )

    class Meta:
        icon = "link"
        label = "Link to a record"
        template = "cms/blocks/record_link.html"


class BodyBlock(StreamBlock):
    text = RichTextBlock(features=FEATURES, max_length=20_000, template="cms/blocks/text.html")
    heading = CharBlock(max_length=120, icon="title", template="cms/blocks/heading.html")
    list = ListBlock(CharBlock(max_length=300), icon="list-ul", template="cms/blocks/list.html")
    picture = PictureBlock()
    record = RecordLinkBlock()
