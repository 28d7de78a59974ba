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
	ArrVF633 = PointArrondi{"ARR-VF633", "RG_VF633 [INF]", 2, simphonie.DemiSup,
		"prix CCAM × coefficient DOM, au centime"}
	ArrVF637 = PointArrondi{"ARR-VF637", "RG_VF637", 0, simphonie.VersLeHaut,
		"plafond du dépassement autorisé, à l'euro supérieur"}
	ArrVF640 = PointArrondi{"ARR-VF640", "RG_VF640", 2, simphonie.DemiSup,
		"prix CCAM × modificateurs × association, au centime"}
	ArrVF640CP02 = PointArrondi{"ARR-VF640-CP02", "RG_VF640 CP02 [INF]", 2, simphonie.DemiSup,
		"acte à 50 % avec une consultation, au centime"}
	ArrVF642 = PointArrondi{"ARR-VF642", "RG_VF642 [INF]", 2, simphonie.DemiSup,
		"majoration NGAP en pourcentage, au centime"}
	ArrVF671 = PointArrondi{"ARR-VF671", "RG_VF671", 2, simphonie.DemiSup,
		"majoration du ticket modérateur, au centime"}
	ArrIP680Prix = PointArrondi{"ARR-IP680-PRIX", "RG_IP680a", 2, simphonie.DemiSup,
		"prix du médicament × coefficient des DOM, au centime"}
	ArrIP680 = PointArrondi{"ARR-IP680", "RG_IP680a", 2, simphonie.DemiSup,
		"prix × quantité × fraction, au centime"}
	ArrIP680Ecart = PointArrondi{"ARR-IP680-ECART", "RG_IP680a", 2, simphonie.DemiSup,
		"moitié de l'écart indemnisable, à l'unité puis au total, au centime"}
	ArrVF670 = PointArrondi{"ARR-VF670", "RG_VF670", 2, simphonie.DemiSup,
		"base × taux, au centime ; la part complémentaire s'obtient par différence"}
)

// PointsArrondi lists the rounding points.
func PointsArrondi() []PointArrondi {
	return []PointArrondi{ArrCF656, ArrVF643Produit, ArrVF643, ArrVF670, ArrB2Prix,
		ArrVF633, ArrVF637, ArrVF640, ArrVF640CP02, ArrVF642, ArrVF671, ArrIP680Prix, ArrIP680, ArrIP680Ecart}
}
