package facture

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

// Rejouer computes every amount again from the written steps alone, with
// decimal arithmetic that shares nothing with the engines'. etapes is the JSON
// that Explication writes. The map gives the amounts by name, as L2.BRAMO.
//
// A step whose result is not what its operands give, or that uses a result
// which no earlier step has given, is an error that names it.
func Rejouer(etapes []byte) (map[string]decimal.Decimal, error) {
	var es []etapeJSON
	if err := json.Unmarshal(etapes, &es); err != nil {
		return nil, &simphonie.Erreur{Code: "FAC-REJEU-FORME", Detail: "not an explanation", Err: err}
	}
	connus := map[string]decimal.Decimal{}
	for i := range es {
		e := &es[i]
		if e.Op == nomsOp[Decision] {
			continue
		}
		if err := e.rejoue(connus); err != "" {
			return nil, &simphonie.Erreur{Code: "FAC-REJEU", Chemin: chemin("etapes", i), Detail: err}
		}
	}
	return connus, nil
}

func (e *etapeJSON) rejoue(connus map[string]decimal.Decimal) (faute string) {
	if e.Resultat == nil || len(e.Operandes) == 0 {
		return "a computation wants operands and a result"
	}
	vs := make([]decimal.Decimal, len(e.Operandes))
	for i, o := range e.Operandes {
		v, err := nombre(o.Valeur)
		if err != nil {
			return "operand " + o.Nom + " is not a number"
		}
		if estResultat(o.Nom) {
			c, ok := connus[o.Nom]
			if !ok {
				return "operand " + o.Nom + " was not computed before"
			}
			if !c.Equal(v) {
				return "operand " + o.Nom + " is not what was computed before"
			}
		}
		vs[i] = v
	}
	r, ok := opere(e.Op, vs)
	if !ok {
		return "unknown operation, or not its number of operands"
	}
	if e.Arrondi != "" {
		p := slices.IndexFunc(tarif.PointsArrondi(), func(p tarif.PointArrondi) bool { return p.Code == e.Arrondi })
		if p < 0 {
			return "unknown rounding point " + string(e.Arrondi)
		}
		point := tarif.PointsArrondi()[p]
		if point.Mode == simphonie.VersLeHaut {
			r = r.RoundUp(int32(point.Decimales))
		} else {
			r = r.Round(int32(point.Decimales))
		}
	}
	ecrit, err := nombre(e.Resultat.Valeur)
	if err != nil || !ecrit.Equal(r) {
		return "result " + e.Resultat.Nom + " is not what the operands give"
	}
	connus[e.Resultat.Nom] = r
	return ""
}

// nombre reads a plain decimal number of a reasonable length: an exponent would
// let a short text ask for a huge number.
func nombre(s string) (decimal.Decimal, error) {
	if len(s) > 40 || strings.ContainsAny(s, "eE") {
		return decimal.Decimal{}, simphonie.ErrSyntaxe
	}
	return decimal.NewFromString(s)
}

func opere(op string, vs []decimal.Decimal) (decimal.Decimal, bool) {
	r := vs[0]
	switch {
	case op == nomsOp[Produit]:
		for _, v := range vs[1:] {
			r = r.Mul(v)
		}
	case op == nomsOp[Difference]:
		for _, v := range vs[1:] {
			r = r.Sub(v)
		}
	case op == nomsOp[Pourcentage] && len(vs) == 2:
		r = r.Mul(vs[1]).Shift(-2)
	case op == nomsOp[Copie] && len(vs) == 1:
	case op == nomsOp[Somme]:
		for _, v := range vs[1:] {
			r = r.Add(v)
		}
	case op == nomsOp[Minimum]:
		r = decimal.Min(r, vs[1:]...)
	default:
		return r, false
	}
	return r, true
}

// estResultat tells L2.BRAMO from the label of a datum.
func estResultat(nom string) bool {
	return len(nom) > 3 && nom[0] == 'L' && nom[1] >= '1' && nom[1] <= '9'
}

// Prouve replays the explanation and says whether it accounts for every amount
// of every line and every part of the invoice.
func (x *Explication) Prouve(f *Facture) error {
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	rejoues, err := Rejouer(b)
	if err != nil {
		return err
	}
	verifie := func(nom string, m simphonie.Montant) error {
		v, ok := rejoues[nom]
		switch {
		case !ok:
			return &simphonie.Erreur{Code: "FAC-REJEU-MANQUE", Chemin: nom, Detail: "no step gives this amount"}
		case !v.Equal(decimal.New(int64(m), -2)):
			return &simphonie.Erreur{Code: "FAC-REJEU-ECART", Chemin: nom, Detail: "the steps give another amount than the invoice"}
		}
		return nil
	}
	for i := range f.Lignes {
		l := &f.Lignes[i]
		for c, m := range map[Champ]simphonie.Montant{ChampHonoraires: l.Honoraires, ChampBRAMO: l.BRAMO,
			ChampBRAMC: l.BRAMC, ChampMRO: l.MRO, ChampMRC: l.MRC} {
			if err := verifie(nomChamp(i, c), m); err != nil {
				return err
			}
		}
	}
	for _, p := range f.Parts {
		if err := verifie(nomChamp(p.Ligne, ChampPart(p.Debiteur)), p.Montant); err != nil {
			return err
		}
	}
	return nil
}
