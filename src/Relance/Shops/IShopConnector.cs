namespace Relance.Shops;

/// <summary>Opens the shop behind a stored link: decrypts its key and applies its switches.</summary>
public interface IShopConnector
{
    /// <summary>A client for this shop; cached per shop, replaced when its link changes.</summary>
    IShop Connect(LinkedShop shop);

    /// <summary>A client that has learnt nothing about the shop yet: for checks.</summary>
    IShop Reconnect(LinkedShop shop) => Connect(shop);
}
