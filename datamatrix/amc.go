package datamatrix

import (
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// AttestationAMC is the Data Matrix of the harmonised attestation of a
// complementary insurer (carte de tiers payant). It gives the keys of the
// directory of insurers; it holds no date, so it never says that the card is
// valid: rights come from the insurer's services.
type AttestationAMC struct {
	Version string `json:"version"`
	// NumeroAMC is the number as read, leading zeros included.
	NumeroAMC simphonie.NumeroAMC `json:"numeroAMC"`
	// CSR is the critère secondaire de routage; most cards leave it empty.
	CSR string `json:"csr"`
	// NumeroAdherent is the member number: leading zeros and letters count.
	NumeroAdherent simphonie.Confidentiel `json:"numeroAdherent"`
	Groupes        []GroupeConvention     `json:"groupes"`
	// Fin is what stands after the end mark: nothing, spaces or private data.
	Fin simphonie.Confidentiel `json:"fin,omitzero"`
}

// GroupeConvention is a type de convention and the domains that it covers.
type GroupeConvention struct {
	// Convention is an opaque code of two letters.
	Convention string `json:"convention"`
	// Domaines holds one letter a domain in the insurer's order, or * for all.
	Domaines string `json:"domaines"`
}

// TousDomaines says that the convention covers every domain.
func (g GroupeConvention) TousDomaines() bool { return strings.Contains(g.Domaines, tousLesDomaines) }

const (
	tousLesDomaines = "*"
	// lettresObservees are the domain letters met on published cards.
	lettresObservees = "ACDEFGHIKLOPRSTY123"
)

// Genre is GenreAMC.
func (AttestationAMC) Genre() Genre { return GenreAMC }

// Masque gives the text with the member number and the private end masked.
func (a AttestationAMC) Masque() string {
	a.NumeroAdherent = simphonie.NewConfidentiel(a.NumeroAdherent.String())
	if strings.TrimSpace(a.Fin.Clair()) != "" {
		a.Fin = simphonie.NewConfidentiel(a.Fin.String())
	}
	return a.texte()
}

// String gives the masked text.
func (a AttestationAMC) String() string { return a.Masque() }

func (a AttestationAMC) texte() string {
	var b strings.Builder
	b.WriteString("AMC#" + a.Version + "#" + string(a.NumeroAMC) + "#" + a.CSR + "#" + a.NumeroAdherent.Clair())
	for _, g := range a.Groupes {
		b.WriteString("#" + g.Convention + g.Domaines)
	}
	return b.String() + "/" + a.Fin.Clair()
}

// EncodeText gives the text of the code. It refuses a value that would not be
// read back the same.
func (a AttestationAMC) EncodeText() (string, error) {
	refus := func(champ, detail string) error { return refuse("AttestationAMC."+champ, detail) }
	switch {
	case a.Version == "" || !tousTexte(a.Version, chiffre):
		return "", refus("Version", "digits are wanted")
	case a.NumeroAMC == "" || !tousTexte(string(a.NumeroAMC), chiffre):
		return "", refus("NumeroAMC", "digits are wanted")
	case !tousTexte(a.CSR, champAMC):
		return "", refus("CSR", "a printable text without # is wanted")
	case !tousTexte(a.NumeroAdherent.Clair(), champAMC):
		return "", refus("NumeroAdherent", "a printable text without # is wanted")
	case len(a.Groupes) == 0:
		return "", refus("Groupes", "at least one is wanted")
	case !tousTexte(a.Fin.Clair(), imprimable) || strings.Contains(strings.ToUpper(a.Fin.Clair()), "AMC#"):
		return "", refus("Fin", "a printable text that starts no other attestation is wanted")
	}
	for i, g := range a.Groupes {
		ok := tousTexte(g.Convention+g.Domaines, func(c rune) bool { return champAMC(c) && c != '/' })
		if len(g.Convention) != 2 || !ok {
			return "", refus("Groupes["+strconv.Itoa(i)+"]", "two letters, then domains without # or / are wanted")
		}
	}
	return a.texte(), nil
}

// imprimable is what every keyboard and symbol carries unchanged.
func imprimable(c rune) bool { return c >= ' ' && c < 0x7F }

func champAMC(c rune) bool { return imprimable(c) && c != '#' }

// refuse says that a value cannot be encoded.
func refuse(chemin, detail string) error {
	return &Erreur{Erreur: &simphonie.Erreur{Code: "DM-ENCODE", Service: "datamatrix", Chemin: chemin, Detail: detail}}
}

// amc reads AMC#version#number#CSR#member#group…/end. The groups end at the
// first slash after the fifth #; what follows may hold anything.
func (a *analyse) amc(t tampon) error {
	a.texte(t)
	var dieses []int
	fin := -1
	for i, c := range t.r {
		if c == '#' && fin < 0 {
			dieses = append(dieses, i)
		}
		if c == '/' && fin < 0 && len(dieses) >= 5 {
			fin = i
		}
	}
	switch {
	case fin < 0 && len(dieses) < 5 && t.r[len(t.r)-1] == '/':
		return erreur("DM-AMC-CHAMPS", t.pos[len(t.r)-1], "fewer than five #", strconv.Itoa(len(dieses)))
	case fin < 0:
		return erreur("DM-AMC-TRONQUEE", t.pos[len(t.r)], "truncated: the final slash is missing")
	}
	champ := func(i int) string { return string(t.r[dieses[i]+1 : dieses[i+1]]) }
	v := AttestationAMC{
		Version:        champ(0),
		NumeroAMC:      simphonie.NumeroAMC(champ(1)),
		CSR:            champ(2),
		NumeroAdherent: simphonie.NewConfidentiel(champ(3)),
		Fin:            simphonie.NewConfidentiel(string(t.r[fin+1:])),
	}
	if v.NumeroAMC == "" {
		return erreur("DM-AMC-NUMERO-ABSENT", t.pos[dieses[1]+1], "no AMC number")
	}
	for i := 4; i < len(dieses); i++ {
		j := fin
		if i+1 < len(dieses) {
			j = dieses[i+1]
		}
		if g := t.r[dieses[i]+1 : j]; len(g) < 2 {
			a.avertit("DM-AMC-GROUPE-VIDE", "groupes", t.pos[dieses[i]], strconv.Itoa(i-3))
		} else {
			v.Groupes = append(v.Groupes, GroupeConvention{string(g[:2]), string(g[2:])})
			a.groupe(v.Groupes, t.pos[dieses[i]+1])
		}
	}
	a.champsAMC(v, func(i int) int { return t.pos[dieses[i]+1] }, t.pos[fin])
	a.Valeur = v
	return nil
}

// champsAMC warns of what is odd in the fields.
func (a *analyse) champsAMC(v AttestationAMC, octet func(int) int, fin int) {
	if v.Version != "1" {
		a.avertit("DM-AMC-VERSION", "version", octet(0), v.Version)
	}
	if !tousTexte(string(v.NumeroAMC), chiffre) {
		a.avertit("DM-AMC-NUMERO-FORME", "numeroAMC", octet(1))
	} else if len(v.NumeroAMC) != 8 {
		a.avertit("DM-AMC-NUMERO-LONGUEUR", "numeroAMC", octet(1), strconv.Itoa(len(v.NumeroAMC)))
	}
	if n := len([]rune(v.CSR)); n > 3 {
		a.avertit("DM-AMC-CSR-LONGUEUR", "csr", octet(2), strconv.Itoa(n))
	}
	adherent := v.NumeroAdherent.Clair()
	switch n := len([]rune(adherent)); {
	case n == 0:
		a.avertit("DM-AMC-ADHERENT-ABSENT", "numeroAdherent", octet(3))
	case n < 6 || n > 15:
		a.avertit("DM-AMC-ADHERENT-LONGUEUR", "numeroAdherent", octet(3), strconv.Itoa(n))
	}
	if !tousTexte(adherent, alphanum) {
		a.avertit("DM-AMC-ADHERENT-FORME", "numeroAdherent", octet(3))
	}
	for i, g := range v.Groupes {
		if g.TousDomaines() && (g.Domaines != tousLesDomaines || i+1 < len(v.Groupes)) {
			a.avertit("DM-AMC-TOUS-COMBINE", "groupes", octet(4), g.Convention)
		}
	}
	if strings.TrimSpace(v.Fin.Clair()) != "" {
		a.avertit("DM-AMC-FIN", "fin", fin+1)
	}
}

// groupe warns of what is odd in the last group.
func (a *analyse) groupe(gs []GroupeConvention, octet int) {
	g, chemin := gs[len(gs)-1], "groupes["+strconv.Itoa(len(gs)-1)+"]"
	if !tousTexte(g.Convention, majuscule) {
		a.avertit("DM-AMC-CONVENTION-FORME", chemin, octet, g.Convention)
	}
	if g.Domaines == "" {
		a.avertit("DM-AMC-GROUPE-SANS-DOMAINE", chemin, octet, g.Convention)
	}
	for i, l := range g.Domaines {
		switch {
		case strings.ContainsRune(g.Domaines[:i], l):
			a.avertit("DM-AMC-LETTRE-REPETEE", chemin, octet, string(l), g.Convention)
		case !strings.ContainsRune(lettresObservees+tousLesDomaines, l):
			a.avertit("DM-AMC-LETTRE-INCONNUE", chemin, octet, string(l))
		}
	}
}
