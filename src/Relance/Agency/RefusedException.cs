namespace Relance.Agency;

/// <summary>Why something asked for was refused; nothing was changed.</summary>
public enum Refusal
{
    /// <summary>A field holds what it must not hold (422).</summary>
    Invalid,

    /// <summary>There is no such thing (404).</summary>
    NotFound,

    /// <summary>The thing is there, but what was asked contradicts its present state (409).</summary>
    Conflict,
}

/// <summary>Something asked for by a person was refused: the command line answers 2, the API a problem, a page a message at the field.</summary>
/// <param name="why">What kind of refusal.</param>
/// <param name="field">The field or argument, as the caller knows it.</param>
/// <param name="expected">What was expected instead, for people.</param>
public sealed class RefusedException(Refusal why, string field, string expected) : Exception($"{field}: {expected}")
{
    /// <summary>What kind of refusal.</summary>
    public Refusal Why { get; } = why;

    /// <summary>The field or argument, as the caller knows it.</summary>
    public string Field { get; } = field;

    /// <summary>What was expected instead, for people.</summary>
    public string Expected { get; } = expected;

    /// <summary>Nothing has this id.</summary>
    public static RefusedException NotFound(string field, string id) => new(Refusal.NotFound, field, $"there is none with the id '{id}'");

    /// <summary>The field holds what it must not hold.</summary>
    public static RefusedException Invalid(string field, string expected) => new(Refusal.Invalid, field, expected);

    /// <summary>It contradicts the present state.</summary>
    public static RefusedException Conflict(string field, string expected) => new(Refusal.Conflict, field, expected);
}
