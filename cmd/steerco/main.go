// Command steerco reads a project plan in a workbook, judges it, and writes
// highlights and reports back.
package main

func main() {}
