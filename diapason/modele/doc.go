// Package modele is what the mandate, its executor and the simulators share:
// the ports of a payment platform and of a carrier of notices, with the orders
// and the answers that pass through them.
//
// The programme's own interface with its platform is not public. Nothing here
// is its form: an editor writes an adapter from these values to what its
// platform speaks.
package modele
