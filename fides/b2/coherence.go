package b2

import (
	"strings"

	"github.com/simphonie/simphonie"
)

// coherence follows the zones that hold together in an invoice, one record
// after the other: repeated keys, totals, and what one record says of another.
// It keeps a few texts of the invoice, never its records.
type coherence struct {
	cumul  cumul
	deux   string  // text of the type 2
	soins  [6]byte // date of the last type 4
	seance [6]byte // last séance under it, zeros when none

	ligneSeance int
	ligne       int
	fs          []faute
}

// suit takes the next record of whole width and gives what disagrees.
func (c *coherence) suit(l *layout, texte string, ligne int) []faute {
	c.fs, c.ligne = nil, ligne
	if l.rang != r4M {
		c.finSeances()
	}
	c.cle(l, texte)
	switch l.rang {
	case r2:
		*c = coherence{deux: strings.Clone(texte), ligne: ligne}
		c.type2(l, texte)
	case r2S:
		c.nir(l, texte, 50, 63)
		c.prescripteur(l, texte, 112)
	case r3:
		c.type3(l, texte)
	case r3S:
		c.accord(l, texte, 66, 60)
		c.prescripteur(l, texte, 42)
	case r4:
		c.type4(l, texte)
	case r4S:
		c.accord(l, texte, 55, 49)
	case r3E, r4E:
		c.rpps(l, texte)
	case r4B:
		c.type4B(l, texte)
	case r4M:
		c.type4M(l, texte)
	case r5:
		if l.sain(texte) { // the totals of a record whose columns moved are not to be told
			c.fs = append(c.fs, c.cumul.ecarts(l, texte, ligne)...)
		}
		*c = coherence{fs: c.fs}
	}
	c.cumul.ajouteTexte(l, texte)
	return c.fs
}

func (c *coherence) dit(r *regle, l *layout, colonne int, valeurs ...string) {
	z := l.zoneEn(colonne)
	v := append([]string{z.ID}, valeurs...)
	if len(valeurs) == 0 {
		v = append(v, z.Libelle)
	}
	c.fs = append(c.fs, faute{regle: r, ligne: c.ligne, colonne: colonne, zone: z.ID, valeurs: v})
}

// cle compares the head to that of the type 2, whatever the shape of the head.
func (c *coherence) cle(l *layout, t string) {
	if c.deux == "" || l.rang == r2 {
		return
	}
	f := l.tete.facture
	if t[1:26] == c.deux[1:26] && t[f:f+9] == c.deux[29:38] && (f != 29 || t[26:29] == c.deux[26:29]) {
		return
	}
	for _, z := range [...]struct{ colonne, largeur, deux int }{{2, 9, 2}, {12, 13, 12}, {25, 2, 25}, {27, 3, 27}, {f + 1, 9, 30}} {
		if z.largeur == 3 && f != 29 {
			continue
		}
		if t[z.colonne-1:z.colonne-1+z.largeur] != c.deux[z.deux-1:z.deux-1+z.largeur] {
			c.dit(&cleDifferente, l, z.colonne)
		}
	}
}

// type2 checks the keys of the numbers, and the complementary body against the
// type of contract (RG_MF631, RG_BS720).
func (c *coherence) type2(l *layout, t string) {
	if t[1:10] != "000000000" && simphonie.FINESS(t[1:10]).Valide() != nil {
		c.dit(&cleFINESS, l, 2)
	}
	c.nir(l, t, 12, 25)
	contrat, oc := t[116:118], simphonie.NumeroAMC(sansFin(t[118:128]))
	switch simphonie.NumeroAMC(oc.Canonique()) {
	case "":
		if contrat == "89" {
			c.dit(&ocNumero, l, 119)
		}
	case simphonie.OCAME:
		if contrat == "89" {
			c.dit(&ocSituation, l, 119)
		}
	case simphonie.OCC2SConjointe, simphonie.OCC2SSeparee:
		if contrat != "89" {
			c.dit(&ocSituation, l, 119)
		}
	default:
		c.dit(&ocSituation, l, 119)
	}
	if t[79:85] != t[102:108] {
		c.dit(&dateEntree, l, 80, l.parID["0280"].Libelle, "02103")
	}
}

func (c *coherence) nir(l *layout, t string, colonne, cle int) {
	s := t[colonne-1 : colonne+14]
	if s[0] == ' ' && renseigne(s[13:]) == "" {
		return
	}
	if simphonie.NIRRecu(s).Valide() != nil {
		c.dit(&cleNIR, l, cle)
	}
}

// prescripteur checks the key of nine digits: the number of a doctor, or a
// FINESS, by the same rule.
func (c *coherence) prescripteur(l *layout, t string, colonne int) {
	n := t[colonne-1 : colonne+8]
	if renseigne(n) == "" {
		return
	}
	if k, err := simphonie.CleLuhn(n[:8]); err != nil || k != n[8] {
		c.dit(&clePrescripteur, l, colonne)
	}
}

func (c *coherence) type3(l *layout, t string) {
	c.ligneDe(l, t, 64, 122, 7)
	if c.deux == "" {
		return
	}
	if t[43:49] != c.deux[102:108] {
		c.dit(&dateEntree, l, 44, l.parID["0344"].Libelle, "02103")
	}
	if t[49:55] != c.deux[108:114] {
		c.dit(&dateEntree, l, 50, l.parID["0350"].Libelle, "02109")
	}
}

func (c *coherence) type4(l *layout, t string) {
	c.ligneDe(l, t, 54, 123, 6)
	c.prescripteur(l, t, 44)
	c.soins, c.seance = [6]byte([]byte(t[69:75])), [6]byte{}
	if c.deux != "" && t[56:65] != c.deux[1:10] {
		c.dit(&cleDifferente, l, 57)
	}
}

// ligneDe checks a line against its type 2: exemption and amount of the
// complementary body.
func (c *coherence) ligneDe(l *layout, t string, exo, oc, largeur int) {
	if c.deux == "" {
		return
	}
	switch e := c.deux[78:79]; e {
	case "1", "3", "4", "5", "7", "C":
		if x := t[exo-1]; x != ' ' && x != '0' {
			c.dit(&exoLigne, l, exo, e)
		}
	}
	if c.deux[94] == 'F' && centimes(t, oc, largeur) != 0 {
		c.dit(&ocEclate, l, oc)
	}
}

// accord wants the date of the prior agreement, except with code 9.
func (c *coherence) accord(l *layout, t string, code, date int) {
	if x := t[code-1]; x != '9' && sansZeros(t[date-1:date+5], 0) == "" {
		c.dit(&accordDate, l, date)
	}
}

// rpps wants a number in a 3E or 4E, and the right keys (RG_MF612, RG_MF622).
func (c *coherence) rpps(l *layout, t string) {
	colonnes := []int{42}
	if l.rang == r4E {
		colonnes = []int{39, 64}
	}
	vus := 0
	for _, col := range colonnes {
		n := sansFin(t[col-1 : col+10])
		if sansZeros(n, 0) == "" {
			continue
		}
		vus++
		if simphonie.RPPS(n).Valide() != nil {
			c.dit(&cleRPPS, l, col)
		}
	}
	if vus == 0 {
		c.dit(&rppsAbsent, l, colonnes[0], string(l.typ))
		c.fs[len(c.fs)-1].valeurs = []string{string(l.typ)}
	}
}

// type4B wants acts without a gap, whole: date, quantity and code.
func (c *coherence) type4B(l *layout, t string) {
	trou := false
	for col := 49; col <= 113; col += 16 {
		s := t[col-1 : col+15]
		date, quantite, code := sansZeros(s[:6], 0), sansZeros(s[6:8], 0), sansZeros(s[8:], 0)
		switch {
		case date == "" && quantite == "" && code == "":
			trou = true
		case trou, date == "", quantite == "", code == "":
			c.dit(&actesTrou, l, col)
		}
	}
}

// type4M wants modifiers without a gap and séances in order.
func (c *coherence) type4M(l *layout, t string) {
	for i := 59; i < 62; i++ {
		if t[i-1] == ' ' && t[i] != ' ' {
			c.dit(&modificateurs, l, i+1)
			break
		}
	}
	s := [6]byte([]byte(t[64:70]))
	if renseigne(t[64:70]) == "" {
		return
	}
	if c.seance[0] != 0 && avant(s, c.seance) {
		c.dit(&seances, l, 65)
	}
	c.seance, c.ligneSeance = s, c.ligne
}

// avant orders two dates AAMMJJ less than fifty years apart.
func avant(a, b [6]byte) bool {
	if a[0] == b[0] && a[1] == b[1] {
		return string(a[2:]) < string(b[2:])
	}
	ans := 10*(int(b[0])-int(a[0])) + int(b[1]) - int(a[1])
	return (ans+100)%100 < 50
}

// finSeances compares the last séance to the date of the act, once the act is
// over.
func (c *coherence) finSeances() {
	if c.seance[0] != 0 && c.soins[0] != 0 && c.soins != c.seance {
		c.fs = append(c.fs, faute{regle: &seanceParent, ligne: c.ligneSeance, zone: "0470"})
	}
	c.seance = [6]byte{}
}
