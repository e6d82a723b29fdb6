using System.Diagnostics;

namespace Relance.Tests.Servers;

/// <summary>The two files of a Postfix instance, and its folders.</summary>
internal static class PostfixConfiguration
{
    public static void Write(string folder, int port, int tlsPort, int saslPort, TestAuthority authority)
    {
        foreach (var name in new[] { "conf", "queue", "data", "mail" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        Process.Start("chown", ["postfix", Path.Combine(folder, "data")]).WaitForExit();
        Process.Start("chown", ["nobody", Path.Combine(folder, "mail")]).WaitForExit();
        using var certificate = authority.Issue();
        File.WriteAllText(Path.Combine(folder, "conf/cert.pem"), certificate.ExportCertificatePem());
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(certificate)!;
        File.WriteAllText(Path.Combine(folder, "conf/key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "conf/main.cf"), MainFile(folder, saslPort));
        File.WriteAllText(Path.Combine(folder, "conf/master.cf"), MasterFile(folder, port, tlsPort));
    }

    private static string MainFile(string folder, int saslPort) => $$"""
        compatibility_level = 3.6
        queue_directory = {{folder}}/queue
        data_directory = {{folder}}/data
        maillog_file = {{folder}}/mail.log
        maillog_file_prefixes = {{folder}}
        myhostname = postfix.test
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mydestination =
        mynetworks = 127.0.0.1
        alias_maps =
        alias_database =
        local_recipient_maps =
        virtual_mailbox_domains = static:all
        transport_maps = inline:{ {retours.example = relance:}, {gone@client.example = nobody:} }
        virtual_mailbox_base = {{folder}}/mail
        virtual_mailbox_maps = static:box/
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
        smtpd_recipient_restrictions = check_recipient_access inline:{ {unknown@client.example = 550 5.1.1 No such user here}, {later@client.example = 450 4.2.1 Try later} }, permit
        smtpd_client_connection_count_limit = 0
        smtpd_tls_security_level = may
        smtpd_tls_cert_file = {{folder}}/conf/cert.pem
        smtpd_tls_key_file = {{folder}}/conf/key.pem
        smtpd_tls_auth_only = yes
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:{{saslPort}}

        """;

    private static string MasterFile(string folder, int port, int tlsPort) => $$"""
        {{port}} inet n - n - - smtpd
        {{tlsPort}} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        nobody unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 67}
        relance unix - n n - 4 pipe flags=Rq user=nobody argv={{folder}}/mail/hand-over ${original_recipient}
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """;
}
