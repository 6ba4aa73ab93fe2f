namespace argus_ticket {
/// See @ref what_is_not_there.
struct lost {};
} // namespace argus_ticket
