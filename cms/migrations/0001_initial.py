import cms.addresses
import django.db.models.deletion
import programme.foundation.calendar
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portfolio', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=250)),
            ],
            options={
                'verbose_name': 'list of news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RootPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'root of the pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('date', models.DateField(default=programme.foundation.calendar.today, verbose_name='date of the news')),
                ('introduction', models.TextField(help_text='The news in two sentences; the list shows it.', max_length=300)),
                ('body', wagtail.fields.StreamField([('text', 0), ('heading', 1), ('list', 3), ('picture', 7), ('record', 10)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link', 'document-link'], 'max_length': 20000, 'template': 'cms/blocks/text.html'}), 1: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'max_length': 120, 'template': 'cms/blocks/heading.html'}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 300}), 3: ('wagtail.blocks.ListBlock', (2,), {'icon': 'list-ul', 'template': 'cms/blocks/list.html'}), 4: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'For people who cannot see it. Say what matters for the news, in a sentence.', 'label': 'What the picture shows', 'max_length': 250}), 6: ('wagtail.blocks.CharBlock', (), {'max_length': 250, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('image', 4), ('words', 5), ('caption', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'What readers find there, such as “The project’s page”.', 'max_length': 120}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'The part after the portal’s name, such as /projects/DIG-01/.', 'max_length': 200, 'validators': [cms.addresses.refuse_foreign_address]}), 10: ('wagtail.blocks.StructBlock', [[('words', 8), ('address', 9)]], {})})),
                ('illustrative', models.BooleanField(default=False, editable=False, verbose_name='made up for the illustration')),
                ('workstream', models.ForeignKey(blank=True, help_text='Leave it empty for news of the whole programme.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portfolio.workstream')),
            ],
            options={
                'verbose_name': 'news',
                'verbose_name_plural': 'news',
                'indexes': [models.Index(fields=['-date'], name='cms_newspag_date_fb2a2e_idx')],
            },
            bases=('wagtailcore.page',),
        ),
    ]
