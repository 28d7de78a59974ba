// Package ace prices what a hospital bills to the Assurance Maladie for external
// care: acts (CCAM, NGAP, NABM), forfaits (ATU, FFM, SEx, APE, technical
// forfaits), drugs and devices, with who pays what and why.
package ace
