# For tests of notices: a center whose channels keep what they get, each message a file of mails/, in
# order; "text" too, and "robot" is the shipped one. What a test writes to `says` is run by each command
# with the message on its standard input, in place of keeping it.

# posted: a fresh center with them.
posted() {
    mkdir -p mails
    cp -r "$TREE/share" conf
    cat >take <<'END'
#!/bin/sh
cd "${0%/*}" || exit 2
[ ! -e says ] || exec sh ./says
n=$(ls mails | wc -l)
cat >"mails/$(printf %04d "$n")"
END
    sed -i '/^notices:/,$d' conf/center.yaml
    cat >>conf/center.yaml <<END
notices:
  sender: 企服中心 <desk@center.example>
  link: https://center.example/t/{ticket}
  tries: 3
  channels:
    - {channel: mail, name: 邮件, form: mail, command: [sh, "$T/take"], timeout: 2}
    - {channel: text, form: text, command: [sh, "$T/take"], timeout: 2}
    - {channel: wecom, form: wecom, command: [sh, ./notices/robot], timeout: 30}
END
    export QIFU_CONFIG=$T/conf
    center
}

# The subjects, recipients and bodies of the messages that were kept, decoded.
mail() { perl -MMIME::Base64 -0777 -ne '
    my ($head, $body) = split /\n\n/, $_, 2;
    $head =~ s/\?=\n =\?UTF-8\?B\?/?= =?UTF-8?B?/g;
    $head =~ s/\?= =\?UTF-8\?B\?/?==?UTF-8?B?/g;
    $head =~ s/=\?UTF-8\?B\?([^?]*)\?=/decode_base64($1)/ge;
    $head =~ s/\n / /g;
    for my $wanted (split / /, $ENV{SHOW}) {
        if ($wanted eq "body") { print decode_base64($1) if $body =~ /text\/plain.*?\n\n(.*?)\n\n/s }
        else { print "$1\n" if $head =~ /^$wanted: (.*)$/m }
    }' "$@"; }
subjects() { SHOW=Subject mail mails/*; }
