from django.apps import AppConfig


class NetwerkConfig(AppConfig):
    """Professionals and their networks, conversations, messages and contacts."""

    name = "netwerk"
    verbose_name = "Netwerk"

    def ready(self) -> None:
        """Register each noun's share of privacy and of the daily round; one block of lines for each noun."""
        from netwerk.actions import berichten, kennisgevingen
        from netwerk.actions.gesprekken import wijzigen as gesprekken
        from netwerk.actions.netwerken import uitnodigen, waken
        from netwerk.actions.persoonsgegevens import berichten as berichtgegevens
        from netwerk.actions.persoonsgegevens import gesprekken as gespreksgegevens
        from netwerk.actions.persoonsgegevens import kennisgevingen as kennisgegevens
        from netwerk.actions.persoonsgegevens import mensen, netwerken
        from welzijnportal import onderhoud, privacy

        privacy.registreer("profiel", export=mensen.export, erase=mensen.erase)
        privacy.registreer("netwerken", export=netwerken.export, erase=netwerken.erase, gevolgen=netwerken.gevolgen)
        onderhoud.dagelijks("netwerken", waken.doe_ronde)
        onderhoud.dagelijks("uitnodigingen voor netwerken", uitnodigen.herinner)
        onderhoud.dagelijks("oude uitnodigingen voor netwerken", uitnodigen.ruim_op)

        privacy.registreer(
            "berichten",
            export=berichtgegevens.export,
            erase=berichtgegevens.erase,
            gevolgen=berichtgegevens.gevolgen,
        )
        onderhoud.dagelijks("ingetrokken berichten", berichten.ruim_ingetrokken_op)

        from netwerk.actions.persoonsgegevens import weten as weetgegevens
        from netwerk.actions.weten import kaarten, vragen

        privacy.registreer(
            "wat u weet", export=weetgegevens.export, erase=weetgegevens.erase, gevolgen=weetgegevens.gevolgen
        )
        onderhoud.elke_minuut("wie weet dit", vragen.doe_rondes)
        onderhoud.dagelijks("praktijkkaarten", kaarten.herinner_aan_toetsen)
        privacy.registreer(
            "gesprekken",
            export=gespreksgegevens.export,
            erase=gespreksgegevens.erase,
            gevolgen=gespreksgegevens.gevolgen,
        )
        onderhoud.dagelijks("ingetrokken gesprekken", gesprekken.wis_ingetrokken)
        privacy.registreer("kennisgevingen", export=kennisgegevens.export, erase=kennisgegevens.erase)
        onderhoud.dagelijks("oude kennisgevingen", kennisgevingen.ruim_op)
        onderhoud.elke_minuut("kennisgevingen", kennisgevingen.verstuur_mails)

        from netwerk.actions import post
        from netwerk.actions.contacten import contact, introduceren, signalen
        from netwerk.actions.contacten import uitnodigen as contactuitnodigingen
        from netwerk.actions.persoonsgegevens import contacten

        privacy.registreer("contacten", export=contacten.export, erase=contacten.erase, gevolgen=contacten.gevolgen)
        onderhoud.dagelijks("oude vragen om contact", contact.ruim_op)
        onderhoud.dagelijks("oude introducties", introduceren.ruim_op)
        onderhoud.dagelijks("oude persoonlijke uitnodigingen", contactuitnodigingen.ruim_op)
        onderhoud.dagelijks("oude signalen", signalen.ruim_op)
        onderhoud.dagelijks("oude post", post.ruim_op)
