namespace argus_ticket {
/// Moves.
/// @param a From there.
/// @param c To there.
void unknown_parameter(int a);
} // namespace argus_ticket
