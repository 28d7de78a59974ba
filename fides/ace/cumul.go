package ace

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

// porteeCumul is what two prestations must share for a rule of cumul to look at them.
type porteeCumul uint8

const (
	cumulVenue  porteeCumul = iota // the same visit
	cumulJour                      // the same day
	cumulPS                        // the same practitioner, the same day
	cumulMoment                    // the same practitioner, the same session of the day
	portees     = iota
)

// cumul says that two families do not stand together (RG_VF620 and after).
type cumul struct {
	simphonie.Regle
	a, b   famille
	portee porteeCumul
	// sauf lifts the rule when the day has one of each of these families.
	sauf []famille
	// listes hold acts of the CCAM that may stand there all the same. While one
	// is not loaded, what it could allow is left to a person.
	listes []nomenclature.NomListe
}

// cumuls is the grid. What only the earlier version of the rules prints is left
// to a person: whether it still holds is not said.
var cumuls = []cumul{
	{Regle: ctl("ACE-C-CUMUL-RETROCESSION", "RG_VF620", simphonie.Bloquante,
		"Rétrocession ({0}) : elle se facture seule, sans {1}."),
		a: fRetrocession, b: ^(fRetrocession | fEcart), portee: cumulVenue},
	{Regle: ctl("ACE-C-CUMUL-CCAM-NGAP", "RG_VF620 CP01", simphonie.Bloquante,
		"{0} et {1} d'un même praticien le {2} : un acte CCAM et un acte NGAP ne se cumulent pas, sauf dérogation du livre III (III-3-A)."),
		a: fCCAM, b: fNGAP, portee: cumulPS, sauf: []famille{fForfait | fForfaitC2S},
		listes: []nomenclature.NomListe{nomenclature.ListePleinTarif, nomenclature.ListeDemiTarif}},
	{Regle: ctl("ACE-C-CUMUL-COMPLEXES", "RG_VF620", simphonie.Bloquante,
		"{0} le {2} : deux consultations complexes ou très complexes ne se cumulent pas."),
		a: fReserve, b: fReserve, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-COORDINATION", "RG_VF620, RG_CF671", simphonie.Bloquante,
		"{1} le {2} : pas de majoration de coordination avec {0}."),
		a: fReserve | fAvis | fCCP, b: fCoordination, portee: cumulPS},
	{Regle: ctl("ACE-C-CUMUL-AVIS", "RG_VF620 (livre III, III-41)", simphonie.Bloquante,
		"{0} le {2} : un avis ponctuel ne se cumule pas avec {1} du même moment, sauf acte de l'article III-41."),
		a: fAvis, b: fCCAM | fNGAP | fNABM, portee: cumulMoment, listes: []nomenclature.NomListe{nomenclature.ListeAPC}},
	{Regle: ctl("ACE-C-CUMUL-COMPLEXE-FORFAIT", "RG_VF620 CP05, CP06 (version antérieure)", simphonie.AVerifier,
		"{0} avec {1} le {2} : interdit par la version antérieure des règles, à confirmer."),
		a: fAvis | fReserve, b: fATU | fFFM | fSE | fAPE, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-FAUSSE-COUCHE", "RG_VF620 CP07 (version antérieure)", simphonie.AVerifier,
		"{0} se facture seul, ou avec une ATU ; la venue porte aussi {1} : à confirmer."),
		a: fFEF, b: ^fATU, portee: cumulVenue},
	{Regle: ctl("ACE-C-CUMUL-FORFAITS", "RG_VF620 (version antérieure)", simphonie.AVerifier,
		"{0} : ATU, FFM, APE et forfaits d'urgence ne se cumulent pas entre eux, à confirmer."),
		a: fATU | fFFM | fAPE | fFU, b: fATU | fFFM | fAPE | fFU, portee: cumulVenue},
	{Regle: ctl("ACE-C-CUMUL-SE-FORFAIT", "RG_VF620 (version antérieure)", simphonie.AVerifier,
		"{0} et {1} : ATU, FFM et forfaits d'urgence ne se cumulent pas avec un SE, à confirmer."),
		a: fATU | fFFM | fFU, b: fSE, portee: cumulVenue},
	{Regle: ctl("ACE-C-CUMUL-SE-APE", "RG_VF620 CP08 (version antérieure)", simphonie.AVerifier,
		"{0} et {1} : APE et SE ne se cumulent que pour SE2, BGLB001 et PH8, à confirmer."),
		a: fAPE, b: fSE &^ fSE7, portee: cumulVenue, sauf: []famille{fSE2, fBGLB001, fEnSus}},
	{Regle: ctl("ACE-C-CUMUL-SE7", "RG_CF699, RG_CF633", simphonie.Bloquante,
		"{0} et {1} : SE7 ne se cumule ni avec un médicament de la liste en sus ni avec APE."),
		a: fSE7, b: fEnSus | fAPE, portee: cumulVenue},
	{Regle: ctl("ACE-C-CUMUL-FSD", "RG_VF620 (version antérieure)", simphonie.AVerifier,
		"{0} et {1} le {2} : FSD ne se cumule pas avec ATU, FFM ou SE, à confirmer."),
		a: fFSD, b: fATU | fFFM | fSE, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-AMI", "RG_CF686", simphonie.Bloquante,
		"{0} ne se facture pas avec {1} le {2}."),
		a: fAMI, b: fATU | fFFM | fSE | fAPE, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-PAI", "RG_CF681", simphonie.Bloquante,
		"{0} ne se facture pas avec {1} le {2}."),
		a: fPAI, b: fATU | fSE, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-OBLIGATOIRE", "RG_CF886", simphonie.Bloquante,
		"{0} ne se facture pas avec {1} le {2}."),
		a: fCOx, b: fATU | fFFM, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-COORDINATION-FORFAIT", "RG_CF882", simphonie.Bloquante,
		"{0} ne se facture pas avec {1} le {2}."),
		a: fCoordination, b: fATU | fFFM, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-TELE-EXPERTISE", "RG_CF885", simphonie.Bloquante,
		"{0} le {2} : une télé-expertise se facture sans autre acte ni majoration, et la venue porte {1}."),
		a: fTE, b: ^fTE, portee: cumulJour},
	{Regle: ctl("ACE-C-CUMUL-TELECONSULTATION", "RG_IP709", simphonie.Bloquante,
		"{0} et {1} le {2} : un électrocardiogramme ne se facture pas avec une téléconsultation."),
		a: fTC, b: fECG, portee: cumulJour},
}

var ctlCumulListe = ctl("ACE-C-CUMUL-LISTE", "RG_VF620 (livre III, III-3-A et III-41)", simphonie.AVerifier,
	"{0} et {1} le {2} : permis pour les seuls actes de la liste « {3} », qui n'est pas chargée : à vérifier à la main.")

// groupeVues is the lines that share what a portee looks at.
type groupeVues struct {
	jour   simphonie.Jour // none for the visit
	lignes []int
}

type cleVues struct {
	jour   simphonie.Jour
	ps     Executant
	seance int
}

// groupes gathers the lines of a visit, in the order in which they were keyed.
func (c *controleur) groupes(p porteeCumul) []groupeVues {
	if c.parPortee[p] != nil {
		return c.parPortee[p]
	}
	rangs := map[cleVues]int{}
	gs := []groupeVues{}
	for i := range c.vues {
		var k cleVues
		switch l := &c.vues[i]; p {
		case cumulJour:
			k = cleVues{jour: l.jour}
		case cumulPS:
			k = cleVues{l.jour, l.ps, 0}
		case cumulMoment:
			k = cleVues{l.jour, l.ps, l.Seance}
		}
		r, ok := rangs[k]
		if !ok {
			r = len(gs)
			rangs[k] = r
			gs = append(gs, groupeVues{jour: k.jour})
		}
		gs[r].lignes = append(gs[r].lignes, i)
	}
	c.parPortee[p] = gs
	return gs
}

// cumule applies the grid.
func (c *controleur) cumule() {
	for i := range cumuls {
		k := &cumuls[i]
		for _, g := range c.groupes(k.portee) {
			c.cumuleGroupe(k, g)
		}
	}
}

func (c *controleur) cumuleGroupe(k *cumul, g groupeVues) {
	if c.leve(k, g) {
		return
	}
	var as, bs []int
	var manque nomenclature.NomListe
	for _, i := range g.lignes {
		l := &c.vues[i]
		if l.familles&(k.a|k.b) == 0 {
			continue
		}
		if len(k.listes) > 0 && l.CCAM != nil {
			permis, liste := c.deroge(k, l)
			if permis {
				continue
			}
			manque = max(manque, liste)
		}
		if l.familles&k.a != 0 {
			as = append(as, i)
		}
		if l.familles&k.b != 0 {
			bs = append(bs, i)
		}
	}
	if len(as) == 0 || len(bs) == 0 || len(as) == 1 && len(bs) == 1 && as[0] == bs[0] && c.vues[as[0]].quantite() < 2 {
		return
	}
	regle, valeurs := &k.Regle, []string{c.codes(as), c.codes(bs), g.jour.String()}
	if manque != "" {
		regle, valeurs = &ctlCumulListe, append(valeurs, string(manque))
	}
	c.dit(regle, max(as[len(as)-1], bs[len(bs)-1]), "", valeurs...)
}

// leve says that the exceptions of a rule are all there on the day.
func (c *controleur) leve(k *cumul, g groupeVues) bool {
	for _, f := range k.sauf {
		if c.presentes[g.jour]&f == 0 {
			return false
		}
	}
	return len(k.sauf) > 0
}

// deroge says that an act may stand where the rule forbids, or which list would say it.
func (c *controleur) deroge(k *cumul, l *vue) (bool, nomenclature.NomListe) {
	if l.CCAM.DemiTarif {
		return true, ""
	}
	var manque nomenclature.NomListe
	for _, n := range k.listes {
		switch c.o.Tables.Liste(n, l.CCAM.Acte, l.Execution, c.o.ConnuAu) {
		case simphonie.Oui:
			return true, ""
		case simphonie.Non:
		default:
			manque = n
		}
	}
	return false, manque
}

// codes lists the codes of lines, each once.
func (c *controleur) codes(lignes []int) string {
	var cs []string
	for _, i := range lignes {
		cs = append(cs, c.vues[i].nom())
	}
	slices.Sort(cs)
	return strings.Join(slices.Compact(cs), ", ")
}
