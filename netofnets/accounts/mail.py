"""Handing letters to a mail server, and what stands in them."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from netofnets.accounts.links import MINUTES
from netofnets.errors import NetOfNetsError, SettingsError
from netofnets.language import say
from netofnets.settings import Settings

__all__ = ["SECURITY", "Mailer", "invitation_letter", "mailer_of", "sign_in_letter"]

SECURITY = ("starttls", "tls", "none")
_PATIENCE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Mailer:
    """A mail server that takes our letters; raises :class:`NetOfNetsError` when it does not."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand over one letter."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, to, subject
        letter["Date"], letter["Message-ID"] = (
            formatdate(usegmt=True),
            make_msgid(domain=self.sender.rpartition("@")[2]),
        )
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        letter.set_content(text)
        try:
            with self._server() as server:
                server.send_message(letter)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            told = say(
                "the mail server {host}, port {port}, did not take a letter: {error}; check smtp_host, smtp_port, "
                "smtp_security, smtp_user and smtp_password",
                host=self.host,
                port=str(self.port),
                error=type(error).__name__,
            )
            raise NetOfNetsError(told) from error

    def _server(self) -> smtplib.SMTP:
        if self.security == "tls":
            tls = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=tls)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)
        try:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def mailer_of(settings: Settings) -> Mailer | None:
    """The mail server of the settings; None when they name none."""
    if not settings["smtp_host"]:
        return None
    if settings["smtp_security"] not in SECURITY:
        raise SettingsError(f"setting smtp_security must be one of {', '.join(SECURITY)}")
    return Mailer(
        settings["smtp_host"],
        settings.integer("smtp_port"),
        settings["smtp_security"],
        settings["mail_from"],
        settings["smtp_user"],
        settings["smtp_password"],
    )


def sign_in_letter(link: str, host: str) -> tuple[str, str]:
    """Subject and text of the letter with a link to sign in."""
    return f"Your link to {host}", (
        f"Somebody, probably you, asked to sign in to the map of teacher networks at {host}.\n\n"
        f"Open this link, then press the button there:\n\n{link}\n\n"
        f"It works once, within {MINUTES} minutes. If it was not you, do nothing: without this link nobody gets in.\n"
    )


def invitation_letter(link: str, host: str, days: int) -> tuple[str, str]:
    """Subject and text of the letter that invites somebody."""
    return f"Your invitation to {host}", (
        f"You are invited to the map of teacher networks at {host}: who connects them, where the gaps are, and who\n"
        f"should meet.\n\nOpen this link, then press the button there:\n\n{link}\n\n"
        f"It works once, within {days} days. If you do not want to come in, do nothing.\n"
    )
