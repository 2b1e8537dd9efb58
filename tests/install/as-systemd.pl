#!/usr/bin/perl
# Starts a service as systemd would that is told how it is (sd_notify(3)): in a root there is no
# systemd, and in a minimal one no other tool than perl that can listen.
#
#   as-systemd.pl [--group] COMMAND… -- SERVICE…
#
# Runs COMMAND when SERVICE is ready and has fed the watchdog, then stops SERVICE. Exits with 0 when
# all of that was so and both ended with 0. With --group SERVICE is several programs: all are told to
# stop, as systemd tells all of a unit; that they end is enough (cage 0.1.4 aborts when it is told to).
# SPDX-License-Identifier: MIT
use strict;
use warnings;
use IO::Socket::UNIX;
use Socket;

my $group = $ARGV[0] eq '--group' ? shift @ARGV : undef;
my ($separator) = grep { $ARGV[$_] eq '--' } 0 .. $#ARGV;
my @command = @ARGV[0 .. $separator - 1];
my @service = @ARGV[$separator + 1 .. $#ARGV];

my $path = "/run/tocsin-notify.$$";
my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $path) or die "$path: $!";
chmod 0777, $path;

# Waits for what begins so, for as long as somebody may have to wait.
sub heard {
    my ($begin) = @_;
    local $SIG{ALRM} = sub { die "the service did not say $begin\n" };
    alarm 60;
    while (1) {
        $socket->recv(my $state, 4096);
        if (index($state, $begin) == 0) { alarm 0; return $state; }
    }
}

my $service = fork() // die "fork: $!";
if ($service == 0) {
    setpgrp 0, 0 if $group;
    $ENV{NOTIFY_SOCKET} = $path;
    $ENV{WATCHDOG_USEC} = 2_000_000;
    $ENV{WATCHDOG_PID} = $$;
    exec @service or die "$service[0]: $!";
}
my $status = eval {
    heard('READY=1');
    heard('WATCHDOG=1');
    my $result = system(@command);
    kill 'TERM', $group ? -$service : $service;
    heard('STOPPING=1') unless $group;
    local $SIG{ALRM} = sub { die "the service does not end\n" };
    alarm 60;
    waitpid $service, 0;
    alarm 0;
    die "the service ended with status " . ($? >> 8) . "\n" if $? && !$group;
    $result == 0 ? 0 : 1;
};
if (!defined $status) { print STDERR "as-systemd.pl: $@"; kill 'KILL', $group ? -$service : $service; $status = 1; }
unlink $path;
exit $status;
