package b2

import (
	"strconv"

	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// verifie checks a zone whose columns all have a character of the right
// class. It gives the rule that the zone breaks, or nil.
func (z *Zone) verifie(s string) *regle {
	switch z.controle {
	case nonVide:
		if z.nonRenseignee(s) {
			return &zoneAbsente
		}
	case valeurUnique:
		if s != z.vide && (z.Tolere == "" || !z.nonRenseignee(s)) {
			return &zoneValeur
		}
	case listeUnCar:
		if !z.contient(s[0]) {
			return z.horsListe(s)
		}
	case liste:
		return z.verifieListe(s)
	case date:
		return z.verifieDate(s)
	case formatNIR:
		return z.verifieNIR(s)
	case aGauche:
		return z.verifieTexte(s)
	case formatOC:
		return z.verifieOC(s)
	case formatAppareil:
		return z.verifieAppareil(s)
	case melange:
		return z.verifieMelange(s)
	}
	return nil
}

// horsListe says whether a value out of its list is an absent value.
func (z *Zone) horsListe(s string) *regle {
	if z.nonRenseignee(s) {
		return &zoneAbsente
	}
	return &zoneValeur
}

func (z *Zone) verifieListe(s string) *regle {
	if z.plage > 0 {
		if n, ok := fixedwidth.Uint(s); ok && n >= 1 && n <= uint64(z.plage) {
			return nil
		}
		return z.horsListe(s)
	}
	for _, v := range z.Valeurs {
		if s == v {
			return nil
		}
	}
	if !z.obligatoire() && z.nonRenseignee(s) {
		return nil
	}
	return z.horsListe(s)
}

func (z *Zone) verifieDate(s string) *regle {
	m := (s[2]-'0')*10 + s[3] - '0'
	j := (s[4]-'0')*10 + s[5] - '0'
	if m >= 1 && m <= 12 && j >= 1 && j <= 28 {
		return nil
	}
	if z.nonRenseignee(s) {
		if z.obligatoire() {
			return &zoneAbsente
		}
		return nil
	}
	if !dateCivile(s) {
		return &zoneDate
	}
	return nil
}

// dateCivile says that AAMMJJ is a date of the calendar. A year whose two
// digits divide by four is taken as a leap year, whatever its century.
func dateCivile(s string) bool {
	v, ok := fixedwidth.Uint(s)
	if !ok || len(s) != 6 {
		return false
	}
	a, m, j := v/10000, v/100%100, v%100
	switch m {
	case 1, 3, 5, 7, 8, 10, 12:
		return j >= 1 && j <= 31
	case 4, 6, 9, 11:
		return j >= 1 && j <= 30
	case 2:
		return j >= 1 && (j <= 28 || j == 29 && a%4 == 0)
	}
	return false
}

// verifieNIR wants thirteen characters without a space, of which only the
// seventh may be a letter: A or B, for Corsica.
func (z *Zone) verifieNIR(s string) *regle {
	for i := range len(s) {
		if c := s[i]; c-'0' > 9 && (i != 6 || c != 'A' && c != 'B') {
			if z.nonRenseignee(s) && !z.obligatoire() {
				return nil
			}
			return z.absenteOu(s, &zoneForme)
		}
	}
	return nil
}

func (z *Zone) absenteOu(s string, r *regle) *regle {
	if z.nonRenseignee(s) {
		return &zoneAbsente
	}
	return r
}

func (z *Zone) verifieTexte(s string) *regle {
	if s[0] != ' ' {
		return nil
	}
	if z.nonRenseignee(s) {
		if z.obligatoire() {
			return &zoneAbsente
		}
		return nil
	}
	return &zoneAlignement
}

// verifieOC takes both alignments: digits behind zeros, or a number followed
// by spaces.
func (z *Zone) verifieOC(s string) *regle {
	for i := 1; i < len(s); i++ {
		if s[i-1] == ' ' && s[i] != ' ' {
			return &zoneAlignement
		}
	}
	return nil
}

// verifieAppareil takes digits behind zeros, or text followed by spaces.
func (z *Zone) verifieAppareil(s string) *regle {
	if s[0] == ' ' && !fixedwidth.All(s, ' ') {
		return &zoneAlignement
	}
	return nil
}

func (z *Zone) verifieMelange(s string) *regle {
	if s[0]-'0' <= 9 && fixedwidth.Only(s, fixedwidth.Digit) {
		if z.obligatoire() && fixedwidth.All(s, '0') {
			return &zoneAbsente
		}
		return nil
	}
	if fixedwidth.All(s, ' ') {
		if z.obligatoire() {
			return &zoneAbsente
		}
		return nil
	}
	return &zoneNumerique
}

// faute is a rule broken at a place of a record.
type faute struct {
	regle   *regle
	ligne   int
	colonne int // 0 when the whole record is meant
	zone    string
	valeurs []string // for the French message: never personal
}

// fautes checks every zone of a record and gives all that is wrong.
func (l *layout) fautes(texte string, ligne int) []faute {
	if l.sain(texte) {
		return nil
	}
	return l.examine(texte, ligne)
}

// examine looks at each zone alone.
func (l *layout) examine(texte string, ligne int) []faute {
	var fs []faute
	if len(texte) != Largeur {
		fs = append(fs, faute{regle: &longueur, ligne: ligne, colonne: min(len(texte), Largeur) + 1,
			valeurs: []string{strconv.Itoa(len(texte))}})
	}
	for i := range l.zones {
		z := &l.zones[i]
		if z.fin > len(texte) {
			break
		}
		if r, col := l.fauteZone(z, texte); r != nil {
			fs = append(fs, faute{regle: r, ligne: ligne, colonne: col, zone: z.ID, valeurs: []string{z.ID, z.Libelle}})
		}
	}
	return fs
}

// fauteZone checks a zone alone and gives the column to look at.
func (l *layout) fauteZone(z *Zone, texte string) (*regle, int) {
	s := texte[z.debut:z.fin]
	if i := l.masque[z.debut:z.fin].Mismatch(s); i >= 0 {
		switch {
		case z.constante:
			return z.absenteOuValeur(s), z.Colonne + i
		case z.Format == "nir" && fixedwidth.Only(s, fixedwidth.Text):
			return z.verifie(s), z.Colonne + i
		case z.numerique && z.obligatoire() && fixedwidth.All(s, ' '):
			return &zoneAbsente, z.Colonne
		case z.numerique && z.Format != "appareil":
			return &zoneNumerique, z.Colonne + i
		}
		return &zoneCaractere, z.Colonne + i
	}
	return z.verifie(s), z.Colonne
}

func (z *Zone) absenteOuValeur(s string) *regle {
	if z.obligatoire() && fixedwidth.All(s, ' ') {
		return &zoneAbsente
	}
	return &zoneValeur
}

// sain says that every zone of a record is right. It looks at all columns at
// once, then only at the zones that have more to say than their characters:
// what passes here at first sight passes verifie, which has the last word.
func (l *layout) sain(texte string) bool {
	if !l.filtre.Match(texte) {
		return false
	}
	for i := range l.controlees {
		c := &l.controlees[i]
		s := texte[c.debut:c.fin]
		switch c.controle {
		case nonVide, aGauche:
			if s[0] > '0' || s[0] == '0' && !fixedwidth.All(s, '0') || c.facultatif && fixedwidth.All(s, ' ') {
				continue
			}
		case listeUnCar:
			if c.bits[s[0]>>6&1]&(1<<(s[0]&63)) != 0 {
				continue
			}
		case liste:
			if s == c.premiere {
				continue
			}
		case formatNIR:
			if c.facultatif && fixedwidth.All(s, ' ') || !c.facultatif && s[6]-'0' <= 9 {
				continue
			}
		case date:
			if m, j := 10*s[2]+s[3], 10*s[4]+s[5]; m-deuxZeros-1 < 12 && j-deuxZeros-1 < 28 {
				continue
			}
		}
		if c.z.verifie(s) != nil {
			return false
		}
	}
	return true
}

// deuxZeros is what 10*'0'+'0' leaves in a byte.
const deuxZeros = (11 * '0') & 0xff
