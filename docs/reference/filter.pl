#!/usr/bin/perl
# A header or guide as Doxygen gets to see it; lines keep their numbers.
# - Each name belongs to the group of its header, so that headers need not say it.
# - "Errors:", "Thread safety:" and so on become headings where a sentence begins.
# - Indented lines in docstrings are C++.
# - References to concepts, which Doxygen 1.9 finds by their whole names alone, get those.
# Of a guide (docs/*.md), links to files of the project become plain words, since they lead nowhere.
# usage: filter.pl FILE, with ARGUS_TICKET_CONCEPTS: the whole names of all concepts
use strict;
use warnings;

my @groups = ( # the first that fits
  ['plugin_support', qr{/plugins/support/}],
  ['plugins', qr{/(plugins/|plugin|builtin_plugins|operation|rate_limits)}],
  ['policies', qr{/(policy/|counters)}],
  ['documents', qr{/document/}],
  ['outbox', qr{/outbox(/|\.hpp)}],
  ['testing', qr{/testing/}],
  ['transports', qr{/(transport|http)/}],
  ['settings', qr{/(settings|secret|fixed_string)}],
  ['clients', qr{/(client|basic_client)\.hpp}],
  ['first_steps', qr{}],
);
my $headings = join '|', 'Errors', 'Exception safety', 'Thread safety', 'Object lifetimes',
  'Cancellation', 'Wire format', 'Guarantees', 'Members';
my %concepts = map { /(\w+)$/ => $_ } split ' ', $ENV{ARGUS_TICKET_CONCEPTS} // '';
my $concepts = join '|', 'none', keys %concepts;

my ($group) = map { $_->[0] } grep { $ARGV[0] =~ $_->[1] } @groups;
local $/; # the whole file at once
$_ = <>;
if ($ARGV =~ /\.md$/) {
  s{\[([^\]]+)\]\(\.\./(?!(?!README)\w+\.md\))[^)]*\)}{$1}g;
  s{(\(\w+\.md)#[\w-]+\)}{$1)}g;
  print;
  exit;
}
s{^( \*|///)(\n(?:\1 {5}.*\n|\1\n(?=\1 {5}))+)\1?(?=\n)}{$1 \@code{.cpp}$2$1 \@endcode}gm;
my $is_first_word; # of a section, in the line before
for (split /^/) {
  s{^(namespace argus_ticket[\w:]* \{)(?!\})}{$1 /** \@grouped{about_$group} */} unless /detail/;
  s{^(?=\} // namespace argus_ticket)}{/** \@\} */ } unless /detail/;
  if (m{^\s*(///|/?\*)}) {
    s{^(\s*(?:///|\*) )(?!https?:)([a-z])}{$1\u$2} if $is_first_word;
    $is_first_word = /\b($headings):$/;
    s{(^\s*(?:///|/?\*+)\s+|[.;] )($headings):(\s+)((?!https?:)\w|)}{$1\@heading\{$2\}$3\u$4}g;
    s{\@ref ((?:\w+::)*)($concepts)\b(?! ")}{\@ref $concepts{$2} "$1$2"}g;
  }
  print;
}
