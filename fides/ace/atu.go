package ace

// VenueATU gives the visit of an emergency that the emergency engine leaves to
// external care: an ATU of the first day that completes the acts done (RG_CF633).
// The visit v says where, when, who and with which rights; what it already holds
// is kept.
func VenueATU(v Venue, actes ...Prestation) *Venue {
	ps := append(append([]Prestation(nil), v.Prestations...), actes...)
	atu := Prestation{Code: codeATU, Execution: v.Entree}
	if len(ps) > 0 {
		atu.Support = 1
	}
	v.Prestations = append(ps, atu)
	return &v
}
