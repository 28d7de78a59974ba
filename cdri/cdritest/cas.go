package cdritest

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// cas are the built-in people, what each is there for and what is said of them.
func cas() []unCas {
	un := func(nom, naissance string, change ...changement) unCas {
		return unCas{nom: nom, naissance: naissance, change: change}
	}
	sans := func(nom, naissance, code string) unCas {
		return unCas{nom: nom, naissance: naissance, reponse: issue(code)}
	}
	alsace := simphonie.Organisme{Regime: simphonie.RegimeGeneral, Caisse: "671", Centre: "0000"}
	return []unCas{
		{nom: "ordinaire", numero: "1810163220751", naissance: "1981-01-01", change: []changement{func(a *droits.Acquisition) {
			a.Beneficiaire.Nom, a.Beneficiaire.Prenom = prive("ADRDEUX"), prive("LAURENT")
		}}},

		// Exonérations
		un("ald", "1955-04-12", etm(droits.ETMALD13)),
		un("plusieurs-etm", "1958-09-30", etm(droits.ETMALD8, droits.ETMInvalidite, droits.ETMSoins17)),
		un("invalidite", "1970-02-15", etm(droits.ETMInvalidite)),
		un("soins-particuliers", "1982-06-21", etm(droits.ETMSoins17, droits.ETMSoins18)),
		un("pension-militaire", "1948-07-14", etm(droits.ETMPensionMilitaire)),
		un("detenu", "1985-10-03", etm(droits.ETMPensionMilitaire), chaAnn("0")),
		un("cha-ann-hors-regime-general", "1949-01-20", etm(droits.ETMPensionMilitaire), chaAnn("0"), organismeAM(simphonie.Organisme{Regime: "02", Caisse: "750"})),
		un("maternite", "1996-08-08", maternite),
		un("etm-expiree", "1961-03-03", func(a *droits.Acquisition) {
			a.ETM = []droits.Droit[droits.CodeETM]{{Code: droits.ETMALD13, Periodes: bornes("2015-01-01", "2019-12-31")}}
		}),
		un("etm-inconnue", "1963-05-05", etm("99")),

		// Modulations
		un("alsace-moselle", "1977-11-11", mtm(droits.MTMAlsaceMoselle), organismeAM(alsace)),
		un("frontalier", "1980-12-12", mtm(droits.MTMFrontalier), organismeAM(alsace)),
		un("aspa", "1944-01-31", mtm(droits.MTMASPA)),
		un("rente-at", "1966-06-06", mtm(droits.MTMRenteAT), atDefaut),
		un("mtm-inconnue", "1967-07-07", mtm("42")),

		// Situations particulières
		un("c2s-caisse", "1990-01-10", situations(droits.SituationC2SCaisse)),
		un("c2s-unique", "1990-02-10", situations("02")),
		un("c2s-separee", "1990-03-10", situations(droits.SituationC2SSeparee)),
		un("c2s-expiree", "1990-04-10", func(a *droits.Acquisition) {
			a.Situations = []droits.Droit[droits.CodeSituation]{{Code: droits.SituationC2SCaisse, Periodes: bornes("2018-01-01", "2018-12-31")}}
		}),
		un("ame", "1992-05-10", situations(droits.SituationAME), medecin(nil)),
		un("situation-inconnue", "1993-06-10", situations("77")),
		un("rss-passage", "1979-12-30", propre("5791299999001"), medecin(nil), ouverts(bornes("2026-01-01", "2099-12-31")...)),
		un("rss-passage-6", "1986-02-28", propre("6860299999002"), medecin(nil), ouverts(bornes("2026-01-01", "2099-12-31")...)),
		un("rss-permanent", "1952-08-19", gestion("70")),
		un("rss-permanent-c2s", "1953-09-19", gestion("70"), situations(droits.SituationC2SCaisse)),

		// Accidents du travail
		un("at-declares", "1984-07-07", declares("18083101", "24061502", "25112003"), atDefaut),
		un("at-defaut", "1987-03-17", atDefaut),

		// Régimes
		un("msa", "1974-04-04", organismeAM(simphonie.Organisme{Regime: "02", Caisse: "750", Centre: "0001"})),
		un("mines", "1951-05-15", organismeAM(simphonie.Organisme{Regime: simphonie.RegimeCANSSM, Caisse: "000"})),
		un("sncf-cp-actif", "1975-01-05", sncf(droits.ContratCP, droits.ContratActif)),
		un("sncf-cp-non-actif", "1950-02-05", sncf(droits.ContratCP, droits.ContratNonActif)),
		un("sncf-cp-hors-zone", "1976-03-05", sncf(droits.ContratCP, droits.ContratActif, droits.ContratHorsMedical)),
		un("sncf-cp-pupille", "2012-04-05", sncf(droits.ContratCP, droits.ContratPupille)),
		un("sncf-divers-actif", "1978-05-05", sncf(droits.ContratDivers, droits.ContratActif)),
		un("sncf-subsistant", "1979-06-05", sncf(droits.ContratSubsistant)),
		un("sncf-cmal-actif", "1980-07-05", sncf(droits.ContratCMAL, droits.ContratActif)),
		un("sncf-cp-seul", "1981-08-05", sncf(droits.ContratCP)),
		un("sncf-deux-caisses", "1982-09-05", sncf(droits.ContratCP, droits.ContratDivers, droits.ContratActif)),
		un("sncf-subsistant-actif", "1983-10-05", sncf(droits.ContratSubsistant, droits.ContratActif)),
		un("sncf-sans-caisse", "1984-11-05", sncf(droits.ContratActif)),
		un("contrat-inconnu", "1985-12-05", sncf("17")),

		// Périodes de droits
		un("expire", "1988-08-18", ouverts(bornes("2015-01-01", "2019-12-31")...)),
		un("futur", "1989-09-19", ouverts(depuis("2099-01-01")...)),
		un("sans-periode", "1991-10-20", ouverts()),
		un("chevauchement", "1994-11-21", ouverts(bornes("2020-01-01", "2027-06-30")[0], bornes("2026-01-01", "2029-12-31")[0], depuis("2029-01-01")[0])),

		// Médecin traitant
		un("sans-medecin", "1995-12-22", medecin(nil)),
		un("medecin-futur", "1997-01-23", medecin(&droits.MedecinTraitant{Nom: prive("SIMUL"), Periode: depuis("2099-01-01")[0]})),
		un("medecin-fini", "1998-02-24", medecin(&droits.MedecinTraitant{Nom: prive("SIMUL"), Periode: bornes("2015-01-01", "2019-12-31")[0]})),
		un("medecin-sans-nom", "1999-03-25", medecin(&droits.MedecinTraitant{})),

		// Identités
		{nom: "date-lunaire", numero: "2504299999053", naissance: "1950-42-00"},
		{nom: "corse", numero: "173072A020054", naissance: "1973-07-19"},
		{nom: "enfant", numero: "2760563220055", naissance: "2015-05-05", change: []changement{ayantDroit, propre("2150563220056"), medecin(nil)}},
		{nom: "jumeau-1", numero: "2760563220055", naissance: "2018-09-09", change: []changement{ayantDroit, medecin(nil)}},
		{nom: "jumeau-2", numero: "2760563220055", naissance: "2018-09-09", rang: "2", change: []changement{ayantDroit, medecin(nil), etm(droits.ETMALD16)}},
		un("nom-usage", "1983-04-26", func(a *droits.Acquisition) { a.Beneficiaire.NomUsage = prive("D'ÉPOUSE-SIMULÉE") }),

		// Réponses
		{nom: "messages", naissance: "1986-05-27", reponse: func(b *Beneficiaire) {
			b.Messages = []modele.Message{{Code: "A1", Libelle: prive("Dossier simulé")}, {Libelle: prive("Message sans code")}}
		}},
		{nom: "indisponible-une-fois", naissance: "1987-06-28", reponse: func(b *Beneficiaire) { b.Lignes = []ScenarioLigne{"indisponible"} }},
		sans("inconnu", "1988-07-29", NonTrouve),
		sans("deux-reponses", "1989-08-30", Ambigu),
		{nom: "regime-non-ouvert", naissance: "1990-09-30", change: []changement{organismeAM(simphonie.Organisme{Regime: "99"})}, reponse: issue(RegimeNonOuvert)},
		sans("issue-inconnue", "1991-10-31", "DOSSIER_A_REVOIR"),
	}
}
