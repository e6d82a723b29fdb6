namespace Relance.Billing;

/// <summary>What the plugin last said of a contract, so that only what it changes there changes anything here.</summary>
/// <param name="Id">The plugin's id.</param>
/// <param name="Status">Its status there.</param>
/// <param name="Amount">Its price incl. VAT there, minor units.</param>
/// <param name="Payer">Fingerprint of who is billed there.</param>
/// <param name="Opening">The piece of an order's line that opened it: <c>order:line:piece</c>.</param>
/// <param name="LatestOrderId">The order that opened or renewed it last there; null where it has not been read since this is kept.</param>
public sealed record PluginSeen(long Id, string Status, long Amount, string Payer, string Opening, long? LatestOrderId);

/// <summary>A person's leave to show the suspension to the administrators of the maintained site.</summary>
/// <param name="By">Who allowed it.</param>
/// <param name="On">Local date.</param>
public sealed record NoticeShown(string By, DateOnly On);
