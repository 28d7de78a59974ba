package cdri

import (
	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Motif is a reason to ask CDRi about a patient whose rights are known in part.
type Motif string

// Reasons.
const (
	MotifSansCarte      Motif = "sans-carte"             // no card was read
	MotifDroitsFermes   Motif = "droits-fermes"          // unknown, expired, or not yet open
	MotifComplementaire Motif = "c2s-ame"                // C2S, AME or another special situation
	MotifExoneration    Motif = "exoneration"            // ALD, maternity or another exoneration
	MotifMaternite      Motif = "maternite"              // a pregnancy is known
	MotifAccident       Motif = "accident-du-travail-mp" // an accident or a disease is declared
)

// MotifsAppel lists why to ask CDRi on a day, from what is known so far. None
// means that a card was read, that its rights are open, and that none of the
// situations below was seen, whatever their dates.
func MotifsAppel(connu *droits.Acquisition, jour simphonie.Jour) []Motif {
	if connu == nil {
		return []Motif{MotifSansCarte, MotifDroitsFermes}
	}
	var ms []Motif
	si := func(vrai bool, m Motif) {
		if vrai {
			ms = append(ms, m)
		}
	}
	ouverts := false
	for _, p := range connu.Periodes {
		ouverts = ouverts || p.Contains(jour)
	}
	si(connu.Support != droits.SupportVitale, MotifSansCarte)
	si(!ouverts, MotifDroitsFermes)
	si(len(connu.Situations)+len(connu.Particulieres) > 0 || connu.OC != "" || connu.C2SCarte != nil, MotifComplementaire)
	si(len(connu.ETM) > 0 || !connu.LibelleExo.IsZero(), MotifExoneration)
	si(connu.Grossesse != nil, MotifMaternite)
	si(len(connu.AT) > 0, MotifAccident)
	return ms
}
