"""The one place where Typst makes a PDF, from a template of ours and inert text (threats: W16).

Typst reads files of the template's folder alone and imports no package; what a person wrote is passed as
JSON strings, which are never evaluated.
"""

from pathlib import Path

import typst

STANDARD = "ua-1"  # PDF/UA-1: tagged, titled, readable by a screen reader


def tagged_pdf(template: Path, inputs: dict[str, str]) -> bytes:
    """Fill a template; typst.TypstError when no font can render the text."""
    folder = str(template.parent)
    made = typst.compile(  # type: ignore[call-overload]  # its types forget PDF/UA-1
        str(template),
        root=folder,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[STANDARD],
        package_path=folder,
        sys_inputs=inputs,
    )
    assert isinstance(made, bytes)
    return made
