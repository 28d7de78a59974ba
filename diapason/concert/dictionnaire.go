package concert

import "strings"

// etiquette is what the dictionary of Concert V3 says of a tag. A length that
// the public documents do not bound is bounded by the item itself.
type etiquette struct {
	min, max int
	admis    string // characters of the value; "" is printable ASCII
	libelle  string
	claire   bool // its value is shown by Describe: it is too short for a card number
}

const (
	chiffres  = "0123456789"
	binaire   = "01"
	itemMax   = 999
	alphanum  = chiffres + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	base64Std = alphanum + "abcdefghijklmnopqrstuvwxyz+/="
)

// dictionnaire holds the public tags: A* come from the terminal, B* from the
// cash desk, C* from both, Z* are made of items.
var dictionnaire = map[string]etiquette{
	"CZ": {4, 4, chiffres, "version du protocole", true},
	"CJ": {12, 12, chiffres, "identifiant de la caisse (IPC)", false},
	"CA": {2, 2, chiffres, "numéro de caisse", true},
	"CB": {2, 12, chiffres, "montant en centimes", true},
	"CC": {3, 3, alphanum, "application de paiement", true},
	"CD": {1, 1, alphanum, "action", true},
	"CE": {3, 3, chiffres, "devise", true},
	"CF": {1, 99, "", "donnée privée", false},
	"CG": {1, 10, "", "contrat commerçant", false},
	"CH": {1, itemMax, "", "référence externe", false},
	"CI": {1, 1, "01234", "mode de lecture", true},
	"CK": {3, 3, chiffres, "choix du ticket", true},

	"BA": {1, 1, binaire, "moment de la réponse", true},
	"BB": {1, 1, binaire, "autorisation forcée", true},
	"BF": {1, 1, binaire, "paiement partiel accepté", true},
	"BH": {8, 20, "", "téléphone du patient", false},
	"BI": {6, 256, "", "courriel du patient", false},

	"AA": {1, 64, "", "numéro de carte tronqué", false},
	"AB": {4, 4, chiffres, "fin de validité de la carte", false},
	"AC": {1, 10, "", "numéro d'autorisation", false},
	"AD": {1, itemMax, "", "chèque : CMC7", false},
	"AE": {2, 2, chiffres, "état", true},
	"AF": {2, 50, "", "complément d'état", false},
	"AG": {1, itemMax, "", "chèque : FNCI", false},
	"AH": {1, itemMax, "", "chèque : garantie", false},
	"AI": {1, 32, "", "identifiant d'application (AID)", false},
	"AK": {1, 900, base64Std, "ticket", false},
	"AL": {1, 1, alphanum, "forme du numéro de carte", true},
	"AM": {1, itemMax, "", "téléphone saisi au terminal", false},
	"AN": {1, itemMax, "", "courriel saisi au terminal", false},

	"ZT": {1, itemMax, "", "ticket (groupe)", false},

	"AP": {1, itemMax, "", "propre au constructeur", false},
	"AQ": {1, itemMax, "", "propre au constructeur", false},
	"ID": {1, itemMax, "", "propre au constructeur", false},
	"IM": {1, itemMax, "", "propre au constructeur", false},
	"OD": {1, itemMax, "", "propre au constructeur", false},
}

// admet says that a value is one that the dictionary allows to be sent.
func (e etiquette) admet(valeur string) bool {
	if len(valeur) < e.min || len(valeur) > e.max {
		return false
	}
	for i := range len(valeur) {
		c := valeur[i]
		if c < 0x20 || c > 0x7e || e.admis != "" && strings.IndexByte(e.admis, c) < 0 {
			return false
		}
	}
	return true
}
