package ace

// VenueATU gives the visit of an emergency that the emergency engine leaves to
// external care: an ATU of the first day beside the acts that were done (RG_CF633).
// The visit v says where, when, who and with which rights; what it already holds
// is kept.
func VenueATU(v Venue, actes ...Prestation) *Venue {
	ps := append(append([]Prestation(nil), v.Prestations...), actes...)
	v.Prestations = append(ps, Prestation{Code: codeATU, Execution: v.Entree})
	return &v
}
