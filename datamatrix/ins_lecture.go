package datamatrix

import (
	"errors"
	"strings"

	"github.com/simphonie/simphonie"
)

// lecteurINS walks through the blocks. Names hold no digit and an OID no
// letter, so S and a digit always open a block, whatever became of the
// separators.
type lecteurINS struct {
	*analyse
	t        tampon
	i        int            // next character
	vus      map[string]int // blocks met and their octets
	v        INS
	texteSur []rune // the text with its separators put right
}

func (a *analyse) ins(t tampon) error {
	a.texte(t)
	n := len(t.r)
	if n < longueurEnteteINS+2 {
		return erreur("DM-INS-TRONQUE", t.pos[n], "truncated in its header", "IS")
	}
	l := &lecteurINS{analyse: a, t: t, i: longueurEnteteINS, vus: map[string]int{}}
	l.v.Version = string(t.r[2:4])
	if l.v.Version != "01" {
		a.avertit("DM-INS-VERSION", "version", t.pos[2], l.v.Version)
	}
	if r := string(t.r[4:longueurEnteteINS]); r != reserveINS {
		l.v.Reserve = r
		a.avertit("DM-INS-RESERVE", "reserve", t.pos[4])
	}
	l.texteSur = append(l.texteSur, t.r[:longueurEnteteINS]...)
	for l.i < n {
		if err := l.bloc(); err != nil {
			return err
		}
	}
	var absents []string
	for _, f := range formesINS {
		if _, vu := l.vus[f.id]; !vu && !f.facultatif {
			absents = append(absents, f.id)
		}
	}
	if len(absents) > 0 {
		liste := strings.Join(absents, " ")
		return erreur("DM-INS-OBLIGATOIRE", t.pos[n], "mandatory blocks are missing: "+liste, liste)
	}
	l.controle()
	a.Texte = simphonie.NewConfidentiel(string(l.texteSur))
	a.Valeur = l.v
	return nil
}

// balise says that S and a digit stand at i.
func (l *lecteurINS) balise(i int) bool {
	return i+1 < len(l.t.r) && l.t.r[i] == 'S' && chiffre(l.t.r[i+1])
}

func (l *lecteurINS) bloc() error {
	t, i := l.t, l.i
	if !l.balise(i) {
		return erreur("DM-INS-BALISE", t.pos[i], "S and a digit are wanted here")
	}
	id := string(t.r[i : i+2])
	if _, vu := l.vus[id]; vu {
		return erreur("DM-INS-DOUBLON", t.pos[i], "block "+id+" is present twice", id)
	}
	l.vus[id] = t.pos[i]
	l.i += 2
	debut := l.i
	var f formeINS
	if k := int(t.r[i+1] - '1'); k >= 0 && k < len(formesINS) {
		f = formesINS[k]
	} else {
		l.avertit("DM-INS-BALISE-INCONNUE", id, t.pos[i], id)
		f = formeINS{id: id, max: len(t.r)}
	}
	if f.fixe {
		if debut+f.max > len(t.r) {
			return erreur("DM-INS-TRONQUE", t.pos[len(t.r)], "truncated in block "+id, id)
		}
		l.i += f.max
	} else {
		l.avance(f)
	}
	valeur := string(t.r[debut:l.i])
	if !f.fixe {
		if sansFin := strings.TrimRight(valeur, " "); len(sansFin) < len(valeur) && l.balise(l.i) {
			l.repare("DM-REPARE-SEPARATEUR-CARACTERE", t.pos[l.i-1], 1)
			valeur = sansFin
			l.pose(id, valeur, true)
			l.retient(f, valeur)
			return nil
		}
	}
	l.pose(id, valeur, false)
	l.separe(f.fixe || l.i-debut == f.max)
	l.retient(f, valeur)
	return nil
}

// avance goes to the end of a variable value: a separator, its maximum, or the
// next block.
func (l *lecteurINS) avance(f formeINS) {
	debut, r := l.i, l.t.r
	for l.i < len(r) && l.i-debut < f.max && r[l.i] != gs && !l.balise(l.i) {
		if f.admis != nil && !f.admis(r[l.i]) && l.balise(l.i+1) {
			return // a stray character where a separator stood
		}
		l.i++
	}
}

// separe consumes what stands between this block and the next.
func (l *lecteurINS) separe(complet bool) {
	t := l.t
	if l.i >= len(t.r) {
		return
	}
	sep := t.r[l.i] == gs
	switch {
	case complet && (sep || l.balise(l.i+1) && !l.balise(l.i)):
		l.repare("DM-REPARE-SEPARATEUR-SUPERFLU", t.pos[l.i], 1)
		l.i++
	case complet:
	case sep && l.i+1 == len(t.r):
		l.repare("DM-REPARE-SEPARATEUR-SUPERFLU", t.pos[l.i], 1)
		l.i++
	case sep:
		l.i++
		l.texteSur = append(l.texteSur, gs)
	case l.balise(l.i):
		l.repare("DM-REPARE-SEPARATEUR-PERDU", t.pos[l.i], 1)
		l.texteSur = append(l.texteSur, gs)
	default:
		l.repare("DM-REPARE-SEPARATEUR-CARACTERE", t.pos[l.i], 1)
		l.i++
		l.texteSur = append(l.texteSur, gs)
	}
}

// pose adds a block to the repaired text.
func (l *lecteurINS) pose(id, valeur string, sep bool) {
	l.texteSur = append(l.texteSur, []rune(id+valeur)...)
	if sep {
		l.texteSur = append(l.texteSur, gs)
	}
}

// retient stores a value.
func (l *lecteurINS) retient(f formeINS, valeur string) {
	c := simphonie.NewConfidentiel(valeur)
	switch f.id {
	case "S1":
		l.v.Matricule = simphonie.NIRRecu(valeur)
	case "S2":
		l.v.OID = valeur
	case "S3":
		l.v.Prenoms = c
	case "S4":
		l.v.Nom = c
	case "S5":
		l.v.Sexe = c
	case "S6":
		if len(valeur) == 10 && valeur[2] == '-' && valeur[5] == '-' {
			l.v.Naissance, _ = simphonie.ParseDateNaissance(valeur[6:] + valeur[2:6] + valeur[:2])
		}
	case "S7":
		l.v.Lieu = c
	default:
		l.v.Autres = append(l.v.Autres, BlocINS{f.id, c})
	}
	if (f.id == "S3" || f.id == "S4" || f.id == "S7") && !tousTexte(valeur, f.admis) {
		l.avertit("DM-INS-TRAIT-FORME", f.id, l.vus[f.id], f.id)
	}
}

// controle warns of what is odd in the identity.
func (l *lecteurINS) controle() {
	switch err := l.v.Matricule.Valide(); {
	case errors.Is(err, simphonie.ErrCle):
		l.avertit("DM-INS-CLE", "S1", l.vus["S1"])
	case err != nil:
		l.avertit("DM-INS-MATRICULE", "S1", l.vus["S1"])
	}
	switch l.v.OID {
	case OIDNIR, OIDNIA:
	case OIDTest:
		l.avertit("DM-INS-TEST", "S2", l.vus["S2"])
	default:
		l.avertit("DM-INS-OID", "S2", l.vus["S2"])
	}
	if s := l.v.Sexe.Clair(); s != "M" && s != "F" {
		l.avertit("DM-INS-SEXE", "S5", l.vus["S5"])
	}
	if l.v.Naissance.IsZero() {
		l.avertit("DM-INS-DATE", "S6", l.vus["S6"])
	}
}
