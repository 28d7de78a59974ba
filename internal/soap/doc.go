// Package soap writes the requests of teleservices and reads their answers:
// SOAP 1.1 and 1.2, the two headers of WS-Addressing that are used, and the
// contexts of the Assurance Maladie. Header blocks are spliced byte for byte,
// so that what was signed is what leaves.
package soap
