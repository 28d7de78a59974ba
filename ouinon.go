package simphonie

// OuiNon is an answer that may be missing: a fact that nobody stated is not a no.
// In JSON it is true, false, or absent.
type OuiNon uint8

// Answers; the zero value is no answer.
const (
	_ OuiNon = iota
	Oui
	Non
)

// OuiSi gives Oui or Non.
func OuiSi(b bool) OuiNon {
	if b {
		return Oui
	}
	return Non
}

// IsZero says that there is no answer.
func (o OuiNon) IsZero() bool { return o == 0 }

// String gives oui, non or nothing.
func (o OuiNon) String() string {
	switch o {
	case Oui:
		return "oui"
	case Non:
		return "non"
	}
	return ""
}

// MarshalJSON gives true, false or null.
func (o OuiNon) MarshalJSON() ([]byte, error) {
	switch o {
	case Oui:
		return []byte("true"), nil
	case Non:
		return []byte("false"), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads true, false or null.
func (o *OuiNon) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "true":
		*o = Oui
	case "false":
		*o = Non
	case "null":
		*o = 0
	default:
		return &Erreur{Code: "ID-OUI-NON", Detail: "true or false is wanted", Err: ErrSyntaxe}
	}
	return nil
}
