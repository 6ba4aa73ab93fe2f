"""PyGithub, with one client and one repository object for all tickets. The test CA is trusted
through REQUESTS_CA_BUNDLE."""
import github

import rounds

port, _, folder, texts = rounds.arguments()
ticket = rounds.read(folder, texts, "ticket")
# PyGithub waits a second between two writes unless it is told not to; older ones do not.
try:
    client = github.Github("benchmark", base_url=f"https://localhost:{port}/api/v3",
                           seconds_between_requests=None, seconds_between_writes=None)
except TypeError:
    client = github.Github("benchmark", base_url=f"https://localhost:{port}/api/v3")
repository = client.get_repo(f"octo/{texts}")


def open_one():
    issue = repository.create_issue(ticket["title"], ticket["body"], labels=ticket["labels"])
    assert issue.number > 0
    return issue.html_url


rounds.answer_rounds(open_one)
