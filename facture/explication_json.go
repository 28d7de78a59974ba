package facture

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/tarif"
)

type etapeJSON struct {
	Regle     simphonie.Code `json:"regle"`
	Source    string         `json:"source"`
	Texte     string         `json:"texte"`
	Ligne     int            `json:"ligne,omitzero"` // from 1; absent for the invoice
	Op        string         `json:"op"`
	Operandes []operandeJSON `json:"operandes,omitempty"`
	Arrondi   simphonie.Code `json:"arrondi,omitempty"`
	Resultat  *operandeJSON  `json:"resultat,omitempty"`
}

type operandeJSON struct {
	Nom    string `json:"nom"`
	Valeur string `json:"valeur"`
}

// MarshalJSON writes the steps with their texts and decimal values.
func (x *Explication) MarshalJSON() ([]byte, error) {
	es := make([]etapeJSON, len(x.Etapes))
	for i := range x.Etapes {
		e := &x.Etapes[i]
		es[i] = etapeJSON{Regle: e.Regle.Code, Source: e.Regle.Source, Texte: e.Texte(),
			Ligne: int(e.Ligne) + 1, Op: e.Op.String()}
		for j := range e.Operandes {
			es[i].Operandes = append(es[i].Operandes, operandeJSON{e.Operandes[j].Nom(), e.Operandes[j].Valeur().String()})
		}
		if e.Arrondi != nil {
			es[i].Arrondi = e.Arrondi.Code
		}
		if e.Op != Decision {
			es[i].Resultat = &operandeJSON{e.Resultat.Nom(), e.Resultat.Valeur().String()}
		}
	}
	return json.Marshal(es)
}

// JSONNames lists the names of the JSON form, for strict readers.
func (*Explication) JSONNames() []string {
	return []string{"regle", "source", "texte", "ligne", "op", "operandes", "arrondi", "resultat", "nom", "valeur"}
}

// UnmarshalJSON reads what MarshalJSON wrote, so that an explanation can be
// kept with its invoice and written again, the same.
func (x *Explication) UnmarshalJSON(b []byte) error {
	var es []etapeJSON
	if err := json.Unmarshal(b, &es); err != nil {
		return err
	}
	y := Explication{}
	for i := range es {
		e, err := es[i].etape()
		if err != nil {
			return err
		}
		y.Etapes = append(y.Etapes, e)
	}
	*x = y
	return nil
}

func (e *etapeJSON) etape() (Etape, error) {
	op := slices.Index(nomsOp[:], e.Op)
	if op < 0 {
		return Etape{}, erreurEtape("unknown operation")
	}
	r := Etape{Regle: &simphonie.Regle{Code: e.Regle, Source: e.Source, Message: e.Texte}, Ligne: int32(e.Ligne) - 1, Op: Op(op)}
	if e.Arrondi != "" {
		points := tarif.PointsArrondi()
		i := slices.IndexFunc(points, func(p tarif.PointArrondi) bool { return p.Code == e.Arrondi })
		if i < 0 {
			return Etape{}, erreurEtape("unknown rounding point")
		}
		r.Arrondi = &points[i]
	}
	for _, o := range e.Operandes {
		v, err := o.operande()
		if err != nil {
			return Etape{}, err
		}
		r.Operandes = append(r.Operandes, v)
	}
	if e.Resultat == nil {
		return r, nil
	}
	var err error
	r.Resultat, err = e.Resultat.operande()
	return r, err
}

func (o *operandeJSON) operande() (Operande, error) {
	d, err := nombre(o.Valeur)
	if err != nil || !d.Coefficient().IsInt64() || d.Exponent() > 0 || d.Exponent() < -9 {
		return Operande{}, erreurEtape("not a number of at most nine decimals")
	}
	v := Operande{nom: o.Nom, n: d.CoefficientInt64(), ligne: sansLigne, genre: genreDecimal, dec: uint8(-d.Exponent())}
	if estResultat(o.Nom) {
		rang, champ, _ := strings.Cut(o.Nom[1:], ".")
		n, err := strconv.ParseInt(rang, 10, 32)
		if err != nil || champ == "" {
			return Operande{}, erreurEtape("not the name of an amount")
		}
		v.nom, v.ligne = champ, int32(n-1)
	}
	return v, nil
}

func erreurEtape(detail string) error {
	return &simphonie.Erreur{Code: "FAC-EXPLICATION", Detail: detail}
}
