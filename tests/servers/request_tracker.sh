#!/usr/bin/env bash
# A private Request Tracker 5 for tests, on loopback: Debian's packages, with configuration, SQLite
# database and sessions in one folder. An RT that the machine may have is not used.
#   request_tracker.sh install      Debian's packages, as root or by sudo, asking nothing
#   request_tracker.sh start DIR    start afresh on a free port; write
#                                   DIR/servers.env (RT_TEST_URL, RT_TEST_*_TOKEN, ...)
#   request_tracker.sh stop DIR     end what start started
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=/usr/share/request-tracker5/libexec/rt-server
packages=(msmtp-mta rt5-standalone rt5-db-sqlite request-tracker5) # msmtp-mta: mail without a daemon

die() { echo "request_tracker.sh: $*" >&2; exit 1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

install() {
  [ -x $program ] || {
    "$here/../../examples/install.sh" dbconfig-common debconf-utils
    # The packages make an RT of their own, which nobody serves. It gets a password nobody knows.
    as_root debconf-set-selections <<P
request-tracker5 request-tracker5/rtname string example.test
request-tracker5 request-tracker5/organization string example.test
request-tracker5 request-tracker5/correspondaddress string rt@example.test
request-tracker5 request-tracker5/commentaddress string rt-comment@example.test
request-tracker5 request-tracker5/webbaseurl string http://127.0.0.1
request-tracker5 request-tracker5/webpath string
request-tracker5 request-tracker5/handle-siteconfig-permissions boolean true
request-tracker5 request-tracker5/install-cronjobs boolean false
request-tracker5 request-tracker5/initial-root-password password $(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
request-tracker5 request-tracker5/dbconfig-install boolean true
request-tracker5 request-tracker5/database-type select sqlite3
P
  }
  "$here/../../examples/install.sh" "${packages[@]}" curl python3 chromium
}

free_port() {
  perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport'
}

site() { export RT_SITE_CONFIG=$1/RT_SiteConfig.pm RT_SITE_CONFIG_DIR=$1/RT_SiteConfig.d; }

configure() { # dir port
  cat > "$1/RT_SiteConfig.pm" <<C
Set(\$rtname, 'example.test');
Set(\$Organization, 'example.test');
Set(\$WebDomain, '127.0.0.1');
Set(\$WebPort, $2);
Set(\$WebBaseURL, 'http://127.0.0.1:$2');
Set(\$WebPath, '');
Set(\$CanonicalizeRedirectURLs, 0);
Set(\$DatabaseType, 'SQLite');
Set(\$DatabaseName, '$1/rtdb');
Set(\$BcryptCost, 4);                 # the default costs half a second per call
Set(\$Timezone, 'UTC');
Set(\$CorrespondAddress, 'rt\@example.test');
Set(\$CommentAddress, 'rt-comment\@example.test');
Set(\$MailCommand, 'testfile');       # no mail leaves the machine
Set(\$WebSessionClass, 'Apache::Session::File');
Set(\$LogToSyslog, undef);
Set(\$LogToSTDERR, 'warning');
Set(\$LogDir, '$1/log');
Set(%Lifecycles, repairs => {
  initial => ['reported'], active => ['in repair'], inactive => ['repaired', 'scrapped', 'deleted'],
  defaults => { on_create => 'reported' },
  transitions => { '' => ['reported'], 'reported' => ['in repair', 'repaired', 'scrapped', 'deleted'],
    'in repair' => ['repaired', 'scrapped', 'deleted'], 'repaired' => ['in repair'],
    'scrapped' => ['in repair'], 'deleted' => [] },
  rights => { '* -> deleted' => 'DeleteTicket', '* -> *' => 'ModifyTicket' },
});
1;
C
}

# People, rights, queues, custom fields, an old ticket; prints the tokens and its number.
populate() {
  perl -I/usr/share/request-tracker5/lib - <<'PERL'
use strict; use warnings;
use RT; RT->LoadConfig; RT->Init;
my $sys = RT->SystemUser;
sub made { my ($o, @args) = @_; my ($ok, $msg) = $o->Create(@args); die $msg unless $ok; $o }
my $general = RT::Queue->new($sys); $general->Load('General');
my $other = made(RT::Queue->new($sys), Name => q{it's "a/b" \ 50%});
my $repairs = made(RT::Queue->new($sys), Name => 'Repairs', Lifecycle => 'repairs');
my $closed = made(RT::Queue->new($sys), Name => 'Disabled'); $closed->SetDisabled(1);
my %fields = (IdemKey => [Type => 'FreeformSingle', MaxValues => 1],
              Room => [Type => 'FreeformSingle', MaxValues => 1],
              Teams => [Type => 'FreeformMultiple', MaxValues => 0],
              Day => [Type => 'DateTimeSingle', MaxValues => 1],
              Date => [Type => 'DateSingle', MaxValues => 1],
              Digits => [Type => 'FreeformSingle', MaxValues => 1, Pattern => '^\d+$']);
for my $name (sort keys %fields) {
  my $f = made(RT::CustomField->new($sys), Name => $name, LookupType => 'RT::Queue-RT::Ticket', @{$fields{$name}});
  $f->AddToObject($general);
}
my @all = qw(SeeQueue CreateTicket ShowTicket ShowTicketComments CommentOnTicket ReplyToTicket
             ModifyTicket DeleteTicket SeeCustomField ModifyCustomField);
my %people = (bot => \@all, later_bot => \@all, staff => \@all,
              low => [qw(SeeQueue CreateTicket ShowTicket)], blind => ['CreateTicket'],
              idle => ['SeeQueue'], stranger => ['CreateTicket']);
for my $name (sort keys %people) {
  my $u = made(RT::User->new($sys), Name => $name, EmailAddress => "$name\@example.test",
               Password => "password of $name", Privileged => $name eq 'stranger' ? 0 : 1);
  $u->PrincipalObj->GrantRight(Right => 'ManageAuthTokens', Object => $RT::System);
  for my $queue ($general, $other, $repairs, $closed) {
    $u->PrincipalObj->GrantRight(Right => $_, Object => $queue) for @{$people{$name}};
  }
  my ($ok, $msg, $token) = RT::AuthToken->new(RT::CurrentUser->new($u))
    ->Create(Owner => $u->id, Description => 'test');
  die $msg unless $ok;
  print "RT_TEST_TOKEN_$name=$token\n";
}
# By REST nobody can say when a ticket was opened.
my $staff = RT::User->new($sys); $staff->Load('staff');
my ($old, undef, $said) = RT::Ticket->new(RT::CurrentUser->new($staff))->Create(
  Queue => 'General', Subject => 'written by people', Created => '2020-02-02 02:02:02');
die $said unless $old;
print "RT_TEST_OLD_TICKET=$old\n";
my $far = RT::User->new($sys); $far->Load('later_bot'); $far->SetTimezone('Pacific/Kiritimati');
$far->SetLang('de');
PERL
}

start() {
  local dir=$1 port
  [ -x $program ] || die "not installed: run '$0 install' first"
  mkdir -p "$dir"
  stop "$dir"
  rm -rf "$dir"/{rtdb,RT_SiteConfig.d,log,sessions}
  mkdir -p "$dir"/{RT_SiteConfig.d,log,sessions}
  site "$dir"
  for _ in 1 2 3; do # a free port may be taken before the server gets it
    port=$(free_port)
    configure "$dir" "$port"
    if [ ! -s "$dir/rtdb" ]; then
      printf rootpass1 > "$dir/rootpw"
      rt-setup-database-5 --action init --root-password-file "$dir/rootpw" </dev/null >"$dir/log/init.log" 2>&1 ||
        die "no database; see $dir/log/init.log"
      populate > "$dir/tokens.env" 2> "$dir/log/populate.log" || die "see $dir/log/populate.log"
    fi
    setsid $program --server Starlet --host 127.0.0.1 --port "$port" --max-keepalive-reqs 1000 \
      --max-workers 2 >"$dir/log/server.log" 2>&1 </dev/null &
    echo $! > "$dir/pid"
    for _ in $(seq 1 300); do
      kill -0 "$(cat "$dir/pid")" 2>/dev/null || continue 2
      if curl -s -m 5 "http://127.0.0.1:$port/REST/2.0/rt" | grep -q Unauthorized; then
        { echo "RT_TEST_URL=http://127.0.0.1:$port/"; cat "$dir/tokens.env"; } > "$dir/servers.env"
        return
      fi
      sleep 0.1
    done
    stop "$dir"
  done
  die "did not start; see $dir/log/server.log"
}

# What is left of the processes that start began, whether or not their leader is.
members() { # dir group
  local process line fields
  for process in /proc/[0-9]*; do
    { read -r line < "$process/stat"; } 2>/dev/null || continue
    read -ra fields <<< "${line##*) }" # behind the name, which may have anything: state parent group
    [ "${fields[2]}" = "$2" ] || continue
    # And not strangers with that number.
    grep -qazFx "RT_SITE_CONFIG=$1/RT_SiteConfig.pm" "$process/environ" 2>/dev/null || continue
    echo "${process#/proc/}"
  done
}

stop() {
  [ -e "$1/pid" ] || return 0
  local group all signal
  group=$(cat "$1/pid")
  for signal in TERM KILL; do
    for _ in $(seq 1 50); do
      all=$(members "$1" "$group")
      [ -n "$all" ] || break 2
      # shellcheck disable=SC2086
      kill -$signal $all 2>/dev/null || true
      sleep 0.1
    done
  done
  rm -f "$1/pid" "$1/servers.env"
}

case ${1:-} in
  install) install ;;
  start) [ $# = 2 ] || die "start DIR"; start "$(realpath -m "$2")" ;;
  stop) [ $# = 2 ] || die "stop DIR"; stop "$(realpath -m "$2")" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
