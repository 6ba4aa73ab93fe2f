namespace argus_ticket {
/// Moves.
/// @param a From there.
void half_explained(int a, int b);
} // namespace argus_ticket
