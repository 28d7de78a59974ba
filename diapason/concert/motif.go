package concert

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// Motif is why the terminal did, or did not do, what it was asked (tag AF).
type Motif struct {
	Code string `json:"code,omitempty"` // two digits, "" when the terminal gave none

	// The CB/EMV extension, when the terminal gave it. It is what the bank says:
	// for support, not for the desk.
	Emetteur   simphonie.Confidentiel `json:"emetteur,omitzero"`   // CB2A field 39
	Texte44    simphonie.Confidentiel `json:"texte44,omitzero"`    // field 44-BC
	Accepteur  simphonie.Confidentiel `json:"accepteur,omitzero"`  // field 55 DF70
	NonAcheve  simphonie.Confidentiel `json:"nonAcheve,omitzero"`  // field 58 FF50
	Complement simphonie.Confidentiel `json:"complement,omitzero"` // what follows the code in any other form
}

var motifs = map[string]string{
	"00": "Motif inconnu du terminal.",
	"01": "Autorisé.",
	"02": "Appel téléphonique à la banque demandé.",
	"03": "Autorisation forcée.",
	"04": "Refusé par la banque.",
	"05": "Carte interdite.",
	"06": "Abandonné au terminal.",
	"07": "Non abouti.",
	"08": "Non fait : délai de saisie dépassé.",
	"09": "Non fait : le terminal n'a pas compris la demande.",
	"10": "Non fait : erreur de sélection.",
	"11": "Non fait : abandon par l'opérateur.",
	"12": "Non fait : action inconnue du terminal.",
	"13": "Non fait : devise non acceptée.",
}

// Texte is what an agent reads.
func (m Motif) Texte() string {
	if t, ok := motifs[m.Code]; ok {
		return t
	}
	return motifs["00"]
}

// extension is the length of AF with its CB/EMV extension: 2 + 2 + 21 + 2 + 2.
const extension = 29

func lisMotif(s string) Motif {
	if len(s) < 2 || !tous(s[:2], chiffres) {
		return Motif{}
	}
	m := Motif{Code: s[:2]}
	champ := func(de, a int) simphonie.Confidentiel { return sansNumero(strings.TrimSpace(s[de:a])) }
	if len(s) == extension {
		m.Emetteur, m.Texte44, m.Accepteur, m.NonAcheve = champ(2, 4), champ(4, 25), champ(25, 27), champ(27, 29)
	} else {
		m.Complement = champ(2, len(s))
	}
	return m
}

// autorise says that the code belongs to a payment that was made.
func (m Motif) autorise() bool { return m.Code == "01" || m.Code == "03" }

// refuse says that the code belongs to a payment that was not made.
func (m Motif) refuse() bool { return m.Code >= "04" && m.Code <= "13" }

func tous(s, admis string) bool { return strings.Trim(s, admis) == "" }
