"""Measuring by turns: every round asks each peer, in an order that changes, so that what drifts
drifts for all."""
import statistics


def calibrated(peer, seconds, in_flight=1, at_least=2):
    """How many tickets take a peer about so long."""
    count = at_least
    for _ in range(4):
        taken = peer.round(count, in_flight)[0] * count
        if taken > seconds / 4:
            break
        count = int(count * min(20, max(2, seconds / max(taken, 1e-6))))
    return max(at_least, min(count, int(seconds / (taken / count))))


def measured(peers, rounds, seconds, in_flight=1):
    """Name -> (seconds for each ticket, CPU seconds), one pair for each round."""
    counts = {peer.name: calibrated(peer, seconds, in_flight, max(2, in_flight)) for peer in peers}
    taken = {peer.name: [] for peer in peers}
    for number in range(rounds):
        turn = number % len(peers)
        for peer in peers[turn:] + peers[:turn]:
            taken[peer.name].append(peer.round(counts[peer.name], in_flight))
    return taken


def median_time(taken):
    return statistics.median(seconds for seconds, _ in taken)


def median_cpu(taken):
    return statistics.median(cpu for _, cpu in taken)


def ratio(ours, theirs, what=0):
    """The median of the rounds' ratios."""
    return statistics.median(a[what] / b[what] for a, b in zip(ours, theirs))
