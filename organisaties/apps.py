from django.apps import AppConfig


class OrganisatiesConfig(AppConfig):
    """The directory of organisations that offer help."""

    name = "organisaties"
    verbose_name = "Organisaties"

    def ready(self) -> None:
        from organisaties.actions import (
            aanbod,
            aanmelden,
            corrigeren,
            doorgeefbladen,
            dubbelen,
            nietvermelden,
            overnemen,
            persoonsgegevens,
            samenvoegen,
            tellen,
            uitnodigen,
            versheid,
            volgen,
            weekbericht,
        )
        from organisaties.exports import datapakket
        from organisaties.imports import opdrachten
        from welzijnportal import onderhoud, privacy

        privacy.registreer(
            "organisaties",
            export=persoonsgegevens.export,
            erase=persoonsgegevens.erase,
            gevolgen=persoonsgegevens.gevolgen,
        )
        onderhoud.dagelijks("aanmeldingen", aanmelden.ruim_aanmeldingen_op)
        onderhoud.dagelijks("uitnodigingen", uitnodigen.ruim_uitnodigingen_op)
        onderhoud.dagelijks("verbeteringen", corrigeren.ruim_correcties_op)
        onderhoud.dagelijks("doorgeven", doorgeefbladen.ruim_bladen_op)
        onderhoud.dagelijks("volgers", volgen.ruim_onbevestigde_op)
        onderhoud.dagelijks("weekberichten", weekbericht.verstuur_weekberichten)
        onderhoud.dagelijks("imports", opdrachten.ruim_op)
        onderhoud.dagelijks("dubbelen", dubbelen.zoek_verder)
        onderhoud.dagelijks("niet vermelden", nietvermelden.ruim_op)
        onderhoud.dagelijks("overnames", overnemen.ruim_overnames_op)
        onderhoud.dagelijks("samengevoegd", samenvoegen.bezorg_alles_na)
        onderhoud.dagelijks("open data", datapakket.exporteer_dagelijks)
        onderhoud.dagelijks("tellingen", tellen.ruim_tellingen_op)
        onderhoud.dagelijks("aanbod", aanbod.tel_aanbod)
        onderhoud.dagelijks("versheid", versheid.doe_ronde)
