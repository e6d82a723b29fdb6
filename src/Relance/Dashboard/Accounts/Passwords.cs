using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Relance.Dashboard;

/// <summary>What a password must be, and how it is stored.</summary>
/// <remarks>The framework's PBKDF2 with HMAC-SHA512, with the iterations that OWASP's Password Storage Cheat Sheet asks for.</remarks>
internal sealed class Passwords
{
    private const int Iterations = 210_000;
    private const int Shortest = 12;
    private const int Longest = 128;
    private const int FewestCharacters = 6;

    private readonly PasswordHasher<Passwords> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly string _nobodys;

    public Passwords() => _nobodys = Hash(Tokens.New());

    /// <summary>What is wrong with a password; null when nothing is.</summary>
    public static string? Fault(string password, string email, string name)
    {
        if (password.Length is < Shortest or > Longest)
            return Words.Say($"de {Shortest} à {Longest} caractères", $"from {Shortest} to {Longest} characters");
        if (password.Distinct().Count() < FewestCharacters)
            return Words.Say($"au moins {FewestCharacters} caractères différents", $"at least {FewestCharacters} different characters");
        var known = name.Split(' ').Append(email.Split('@')[0]).Append("relance").Where(word => word.Length > 3);
        return known.Any(word => password.Contains(word, StringComparison.OrdinalIgnoreCase) && password.Length - word.Length < Shortest)
            ? Words.Say("un mot de passe qui ne tient pas à votre nom, à votre adresse ou au nom du service", "a password that is not your name, your address or the service's name")
            : null;
    }

    /// <summary>The stored form, with a salt of its own.</summary>
    public string Hash(string password) => _hasher.HashPassword(this, Normal(password));

    /// <summary>Compares. Without a stored form it takes as long, and is never right.</summary>
    public bool Verify(string? stored, string password) =>
        _hasher.VerifyHashedPassword(this, stored ?? _nobodys, Normal(password)) != PasswordVerificationResult.Failed && stored is not null;

    // Two keyboards write the same é in two ways (NIST SP 800-63B, 5.1.1.2). Longer ones are cut before any work is done.
    private static string Normal(string password) => password[..Math.Min(password.Length, Longest + 1)].Normalize(NormalizationForm.FormKC);
}
