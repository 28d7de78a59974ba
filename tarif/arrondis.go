package tarif

import "github.com/simphonie/simphonie"

// PointArrondi is a place where a rule rounds. There is no other rounding in
// the SDK.
type PointArrondi struct {
	Code      simphonie.Code    `json:"code"`
	Source    string            `json:"source"`
	Decimales int               `json:"decimales"`
	Mode      simphonie.Arrondi `json:"-"`
	Texte     string            `json:"texte"`
}

// The rounding points.
var (
	ArrCF656 = PointArrondi{"ARR-CF656", "RG_CF656", 4, simphonie.DemiSup,
		"coefficient MCO, à la quatrième décimale"}
	ArrVF643Produit = PointArrondi{"ARR-VF643-PRODUIT", "RG_VF643", 2, simphonie.DemiSup,
		"prix × quantité × coefficient, au centime"}
	ArrVF643 = PointArrondi{"ARR-VF643", "RG_VF643", 2, simphonie.DemiSup,
		"base × coefficient MCO, au centime"}
	ArrB2Prix = PointArrondi{"ARR-B2-PRIX", "SFG FIDES-ACE TF §3.1", 2, simphonie.DemiSup,
		"prix unitaire écrit dans la norme B2, au centime"}
	ArrVF670 = PointArrondi{"ARR-VF670", "RG_VF670", 2, simphonie.DemiSup,
		"base × taux, au centime ; la part complémentaire s'obtient par différence"}
)

// PointsArrondi lists the rounding points.
func PointsArrondi() []PointArrondi {
	return []PointArrondi{ArrCF656, ArrVF643Produit, ArrVF643, ArrVF670, ArrB2Prix}
}
