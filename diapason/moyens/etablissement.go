package moyens

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Statut is the legal status of an establishment.
type Statut string

// Statuses; public ones collect through a régie and the Trésor.
const (
	Public Statut = "public"
	PNL    Statut = "pnl" // private, not for profit
	Prive  Statut = "prive"
)

func (s Statut) connu() bool { return s == Public || s == PNL || s == Prive }

// Etablissement is how an establishment is set up to be paid.
type Etablissement struct {
	FINESS    simphonie.FINESS    `json:"finess"` // of the legal entity
	Statut    Statut              `json:"statut"`
	Modalites []Modalite          `json:"modalites"` // offered to patients: a means of no other is open
	Regie     string              `json:"regie,omitempty"`
	CompteDFT string              `json:"compteDFT,omitempty"`
	RegieDFT  string              `json:"regieDFT,omitempty"`  // the régie that the DFT account is attached to
	Contrats  map[Modalite]string `json:"contrats,omitempty"`  // merchant contracts
	ClientFiP string              `json:"clientFiP,omitempty"` // numcli of PayFiP, six digits
}

func (e *Etablissement) offre(m Modalite) bool { return slices.Contains(e.Modalites, m) }

// Verifie reports everything that is missing. The note of the DGOS asks public
// establishments for a régie de recettes, a DFT account attached to it, and a
// merchant contract for each modality.
func (e *Etablissement) Verifie() simphonie.Anomalies {
	if e == nil {
		return simphonie.Anomalies{regFINESS.Anomalie("etablissement")}
	}
	var as simphonie.Anomalies
	dit := func(r *simphonie.Regle, chemin string, valeurs ...string) {
		as = append(as, r.Anomalie(chemin, valeurs...))
	}
	if e.FINESS.Valide() != nil || !e.Statut.connu() {
		dit(&regFINESS, "finess")
	}
	if e.Statut == Public {
		if e.Regie == "" {
			dit(&regRegieAbsente, "regie")
		}
		switch {
		case e.CompteDFT == "":
			dit(&regDFTAbsent, "compteDFT")
		case e.RegieDFT == "" || e.RegieDFT != e.Regie:
			dit(&regDFTRegie, "regieDFT")
		}
	}
	payfip := false
	for _, m := range e.Modalites {
		if m.Valide() != nil {
			dit(&regModalite, "modalites")
		}
		payfip = payfip || m == PayFiPCarte || m == PayFiPPrelevement
		if e.Statut != Public || e.Contrats[m] != "" {
			continue
		}
		switch m {
		case Terminal, Differe:
			dit(&regContratAbsent, "contrats", string(m))
		case Virement, MandatSEPA:
			dit(&regContratAutre, "contrats", string(m))
		}
	}
	if payfip && !clientFiP(e.ClientFiP) {
		dit(&regPayFiPClient, "clientFiP")
	}
	for i, m := range modalites {
		for _, n := range modalites[i+1:] {
			if e.Contrats[m] != "" && e.Contrats[m] == e.Contrats[n] {
				dit(&regContratDouble, "contrats", string(m), string(n))
			}
		}
	}
	for m := range e.Contrats {
		if m.Valide() != nil {
			dit(&regModalite, "contrats")
		}
	}
	return as
}

func clientFiP(s string) bool {
	ok := len(s) == 6
	for i := range len(s) {
		ok = ok && s[i] >= '0' && s[i] <= '9'
	}
	return ok
}
