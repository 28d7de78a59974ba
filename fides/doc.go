// Package fides makes the invoices of the Assurance Maladie of emergency
// visits that are priced, and the files that carry them, in the norme B2.
package fides
