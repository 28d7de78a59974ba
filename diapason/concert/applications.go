package concert

// Applications of payment, as tag CC names them: those that a caller may force.
var applications = map[string]string{
	"000": "au choix du terminal", "001": "CB contact", "00B": "CB sans contact", "002": "American Express contact", "00D": "American Express sans contact",
	"003": "CB Enseigne", "004": "Cetelem", "005": "Cofinoga", "006": "Diners", "007": "Pass", "008": "Franfinance", "009": "JCB", "00A": "Banque Accord",
	"00C": "chèque", "00E": "Conecs contact", "10E": "Conecs sans contact", "00F": "DCC", "00G": "QuickPass", "00I": "CPEI", "00S": "Sofinco", "00U": "UPI",
	"101": "CB VAD", "201": "quasi-cash", "301": "PLBS", "30F": "PLBS-DCC", "401": "Optalion", "603": "Optalion", "501": "Cash-Agence", "601": "PNF",
	"602": "P3F", "604": "Préauto-CM", "605": "PRCME", "607": "QR", "608": "3XCB", "609": "PNF-HPS", "701": "PPFCA",
}

// preautorisations hold an amount back for a rental, and pay nothing.
var preautorisations = []string{"301", "30F", "604"}

// Modes of payment of Concert E+.
var modes = map[string]string{
	"1": "carte", "C": "chèque", "2": "American Express", "3": "Cetelem", "5": "Cofinoga", "6": "Diners", "8": "Franfinance", "9": "JCB", "A": "Banque Accord",
	"O": "Moneo", "U": "CUP", "F": "Fintrax", "0": "autre",
}

// LibelleApplication gives the French name of an application of Concert V3
// (CC, three characters) or of a mode of E+ (one), "" when it is not known.
func LibelleApplication(code string) string {
	if l, ok := applications[code]; ok {
		return l
	}
	return modes[code]
}
